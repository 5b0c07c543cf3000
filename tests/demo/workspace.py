"""The demo's folder: made once, used again as long as the code that made it is the same."""

import json
import shutil
import subprocess
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

from tests.demo.browser import DemoError
from tests.demo.site import sayso
from tests.demo.town import SETTINGS

ROOT: Final = Path(__file__).resolve().parents[2]
DATA: Final = "sayso-data"
MADE: Final = "made.json"
CODE: Final = ("forms", "scanning", "kiosk", "server", "tests/demo", "tests/paper", "requirements.txt")

ADMINISTRATOR, OFFICER = "anna", "olu"
NAMES: Final = {ADMINISTRATOR: "Anna Field (made up)", OFFICER: "Olu Adeyemi (made up)"}
PASSWORD: Final = "three made up words"  # noqa: S105
"""It opens nothing but this folder's site, on this machine; it is printed."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is kept of a workspace that is whole."""

    code: str
    last_day: str
    """On which its open campaigns end: then another is made."""
    kiosk_key: str

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Give what is kept; None where there is nothing whole."""
        try:
            return cls(**json.loads((folder / MADE).read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def keep(self, folder: Path) -> None:
        """Say that the workspace is whole."""
        (folder / MADE).write_text(json.dumps(asdict(self)), encoding="utf-8")

    def can_be_used(self, today: date) -> bool:
        """Tell whether the code is the same and the campaigns are open."""
        return self.code == code() and date.fromisoformat(self.last_day) >= today


def code() -> str:
    """Give a hash of all that a workspace is made with."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", *CODE],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.split("\0")  # fmt: skip
    made = sha256()
    for name in sorted(name for name in listed if name and (ROOT / name).is_file()):
        made.update(name.encode() + b"\0" + (ROOT / name).read_bytes())
    return made.hexdigest()


def begin(folder: Path) -> None:
    """Make the folder anew: settings, data folder, first administrator."""
    if folder.exists() and not _is_ours(folder):
        raise DemoError(f"{folder} is there and was not made by the demo. Move it away.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "sayso.toml").write_text(SETTINGS, encoding="utf-8")
    sayso(folder, "init")
    name, role = NAMES[ADMINISTRATOR], "administrator"
    sayso(folder, "user", "add", ADMINISTRATOR, "--name", name, "--role", role, "--password", PASSWORD)


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is the demo's, whole or not, or the one that the demo of before left."""
    settings = folder / "sayso.toml"
    is_made = settings.is_file() and settings.read_text(encoding="utf-8").startswith(SETTINGS.splitlines()[0])
    return is_made or not any(folder.iterdir())
