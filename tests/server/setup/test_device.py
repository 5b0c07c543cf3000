"""A kiosk's own device shows the kiosk and nothing else, comes back by itself, and is true to size."""

import json
import re
import shlex
import stat
import subprocess
from pathlib import Path

import pytest

from server.cli import Exit, run
from server.errors import RefusedError
from server.setup.device import files
from tests.server.setup.test_units import directives

KEY = "ACDE FGHJ KLMN PQRT VWXY 3479 ACDE FGHJ"
ADDRESS = "https://sayso.example.org"


def test_its_browser_may_open_the_kiosk_alone() -> None:
    policy = json.loads(files(ADDRESS, KEY)["sayso-kiosk.json"])
    assert policy["URLBlocklist"] == ["*"]
    assert policy["URLAllowlist"] == [f"{ADDRESS}/kiosk", "file:///etc/sayso-kiosk/start.html"]
    assert policy["DeveloperToolsAvailability"] == 2
    assert policy["DownloadRestrictions"] == 3
    shut = ("AllowFileSelectionDialogs", "PrintingEnabled", "RemoteDebuggingAllowed", "AllowDinosaurEasterEgg")
    assert not any(policy[name] for name in shut)


def test_it_starts_on_the_page_that_sets_it_up_and_comes_back() -> None:
    made = files(f"{ADDRESS}/", KEY.lower())
    assert f"url={ADDRESS}/kiosk/set-up#{KEY.replace(' ', '')}" in made["start.html"]
    service = made["sayso-kiosk.service"]
    assert "Restart=always" in service
    assert KEY.replace(" ", "") not in service  # everybody on a machine sees how programs are started
    started = shlex.split(shlex.split(directives(service)["ExecStart"])[-1])
    assert started[0].endswith("/cage")
    assert "--kiosk" in started
    assert "xwayland" in made["install-kiosk.sh"]  # without it Debian's cage ends at once
    assert not {"-s"} & set(started)  # cage lets nobody change to a text console without it


def test_a_keyboard_has_no_keys_for_the_browsers_own_commands() -> None:
    made = files(ADDRESS, KEY)
    assert directives(made["sayso-kiosk.service"])["Environment"] == "XKB_DEFAULT_RULES=sayso-kiosk"
    keys = dict(re.findall(r"key <(\w+)> *\{ \[ (\w+)", made["kiosk-keys"]))
    assert (keys["TAB"], keys["RTRN"], keys["UP"]) == ("Tab", "Return", "Up")
    assert {keys[name] for name in ("LCTL", "RCTL", "LALT", "RALT", "LWIN", "FK01", "FK11", "I180")} == {"Shift_L"}
    assert not re.search(r"\[ (Control|Alt|Meta|Super|XF86|F\d)", made["kiosk-keys"])
    for name, place in (("kiosk-keys", "symbols"), ("kiosk-rules", "rules")):
        assert f"{name} /etc/xkb/{place}/sayso-kiosk" in made["install-kiosk.sh"]
    assert re.search(r"! model layout = symbols\n +\* +\* += sayso-kiosk\n", made["kiosk-rules"])


def test_cage_can_make_its_socket_within_what_the_service_is_shut_in() -> None:
    said = directives(files(ADDRESS, KEY)["sayso-kiosk.service"])
    assert "/run/user" in said["ReadWritePaths"].split()
    assert "ProtectHome" not in said  # it hides /run/user as well
    assert said["StartLimitIntervalSec"] == "0"


def test_a_millimetre_is_a_millimetre_on_its_screen() -> None:
    service = files(ADDRESS, KEY, px_per_mm=1920 / 254, assumed=1920 / 508)["sayso-kiosk.service"]
    assert "--force-device-scale-factor=2.000 " in service
    assert "--force-device-scale-factor" not in files(ADDRESS, KEY)["sayso-kiosk.service"]


@pytest.mark.parametrize("address", ["sayso.example.org", "https://a.org/kiosk", 'https://a"b', "file:///etc", ""])
def test_what_is_no_address_of_a_site_is_refused(address: str) -> None:
    with pytest.raises(RefusedError, match="address alone"):
        files(address, KEY)


def test_the_command_writes_the_files_for_their_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("key").write_text(f"{KEY}\n")
    words = ["setup", "kiosk", ADDRESS, "--key-file", "key", "--screen", "1920", "477", "--to", "device"]
    assert run(words) == Exit.OK
    assert "sh install-kiosk.sh" in capsys.readouterr().out
    assert {stat.S_IMODE(path.stat().st_mode) for path in Path("device").iterdir()} == {0o600}
    assert subprocess.run(["sh", "-n", "device/install-kiosk.sh"], check=False).returncode == 0
    Path("key").write_text("ACDE")
    assert run(words) == Exit.BAD_INPUT
