"""What the site does not load at its start: it then takes seconds and a hundred megabytes less on a mini PC."""

import subprocess
import sys

HEAVY = {"cv2", "alembic", "weasyprint", "xlsxwriter", "holidays", "pillow_heif", "onnxruntime", "pyreadstat"}


def test_the_site_loads_what_is_heavy_only_when_it_is_needed() -> None:
    asked = "import sys, server.app; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout.split()
    assert "flask" in loaded
    assert HEAVY.isdisjoint(loaded)
