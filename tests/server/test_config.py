"""Settings have defaults, and a settings file that is wrong says where."""

import errno
from dataclasses import fields
from pathlib import Path

import pytest

from scanning.pages import PageLimits
from server.cli import Exit, run
from server.config import load_settings
from server.errors import SettingsError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_SETTINGS", raising=False)
    return tmp_path


def test_without_a_file_everything_has_its_default() -> None:
    settings = load_settings()
    assert settings.who().landlord == "Melton Borough Council"
    assert settings.database_url() == "sqlite:///sayso-data/sayso.db"


def test_a_file_in_the_folder_sets_the_landlord_and_the_forms_name_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sayso.toml").write_text('data = "/srv/sayso"\n[landlord]\nlandlord = "Rutland Homes"\n')
    assert load_settings().database_url() == "sqlite:////srv/sayso/sayso.db"
    assert run(["forms", "show", "poll"]) == Exit.OK
    shown = capsys.readouterr().out
    assert "Rutland Homes" in shown
    assert "Melton Borough" not in shown


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[landlord]\nlandlrd = 'x'\n", "landlord.landlrd: there is no such detail"),
        ("datum = 'x'\n", "datum"),
        ("data = 'x\n", "this is not TOML"),
        ("[landlord]\nphone = 7\n", "landlord.phone"),
        ("[landlord]\nphone = ''\n", "landlord.phone"),
        ("[reading]\npages = 0\n", "reading.pages"),
        ("[reading]\npixels = 9\n", "reading.pixels"),
        ("[kiosk]\npx_per_mm = 0.1\n", "kiosk.px_per_mm"),
        ("[kiosk]\nyou_said = [{said = 'x'}]\n", "kiosk.you_said.0.did"),
        ("[kiosk]\nyou_said = [" + "{said = 'x', did = 'y'}," * 4 + "]\n", "kiosk.you_said"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(folder: Path, content: str, named: str) -> None:
    (folder / "sayso.toml").write_text(content)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert named in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_every_limit_of_reading_can_be_set(folder: Path) -> None:
    limits = {field.name: 7 for field in fields(PageLimits)}
    (folder / "sayso.toml").write_text("[reading]\n" + "".join(f"{name} = {most}\n" for name, most in limits.items()))
    assert PageLimits(**load_settings().reading) == PageLimits(**limits)


def test_a_named_file_that_is_not_there_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAYSO_SETTINGS", "nowhere.toml")
    assert run(["forms", "list"]) == Exit.BAD_INPUT
    assert "nowhere.toml: the settings cannot be read" in capsys.readouterr().err


def test_settings_that_may_not_be_read_say_as_whom_to_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "sayso.toml").write_text("https = true\n")

    def forbidden(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_text", forbidden)
    monkeypatch.setattr(Path, "owner", lambda _: "root")
    monkeypatch.setattr(Path, "group", lambda _: "sayso")
    with pytest.raises(SettingsError, match="sudo -u sayso sayso …"):
        load_settings()
