"""`sayso setup` makes folders, the first administrator and services; it asks, refuses and takes away kindly."""

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from server.cli import Exit, run, sayso
from server.config import settings_in
from server.queries.officers import officers_listed
from server.setup import places
from server.setup.already import Chosen, chosen
from server.store import Store, migrating
from tests.server.conftest import PASSWORD
from tests.server.setup.conftest import Machine, setup_arguments


def test_the_first_administrator_is_there_and_the_data_is_nobody_elses(machine: Machine) -> None:
    store = Store(settings_in(machine.folder / "sayso.toml"))
    with store.reading() as session:
        assert [(officer.username, officer.role) for officer in officers_listed(session)] == [("anna", "administrator")]
    store.close()
    for name in ("data", "backups"):
        assert stat.S_IMODE((machine.folder / name).stat().st_mode) == 0o700
    assert stat.S_IMODE((machine.folder / "sayso.toml").stat().st_mode) == 0o640


def test_a_second_time_nobody_is_asked_and_what_is_there_stays(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = machine.folder / "sayso.toml"
    before = settings.read_text()
    (machine.units / "sayso.service").write_text("of an older version")
    assert machine.again() == Exit.OK
    assert settings.read_text() == before
    assert "ExecStart=" in (machine.units / "sayso.service").read_text()
    assert "was there already" in capsys.readouterr().out


def test_a_second_time_keeps_the_port_and_user_of_the_first_unless_others_are_given(machine: Machine) -> None:
    service = machine.units / "sayso.service"
    assert machine.again("--port", "9000") == Exit.OK
    assert machine.again() == Exit.OK
    assert "serve --port 9000\n" in service.read_text()
    service.write_text(service.read_text().replace("User=", "User=somebody-"))
    before = chosen(machine.folder, machine.units)
    assert (before.port, (before.user or "").split("-")[0]) == (9000, "somebody")
    service.unlink()
    assert chosen(machine.folder, machine.units).user == (machine.folder / "data").owner()
    assert machine.again() == Exit.OK
    assert "serve --port 8750\n" in service.read_text()
    assert chosen(machine.folder / "elsewhere", machine.units) == Chosen(None, None)


def test_name_and_password_are_asked_for_unless_given(tmp_path: Path) -> None:
    words = setup_arguments(tmp_path / "lib", tmp_path / "units")
    result = CliRunner().invoke(sayso, words, input=f"berta\n{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert "The first administrator signs in as: berta" in result.output
    assert PASSWORD not in result.output
    assert "systemctl enable --now sayso.service sayso-backup.timer" in result.output


@pytest.mark.parametrize("host", ["https://sayso.example.org", "sayso.example.org/", "a.org; b.org", ""])
def test_what_is_no_name_of_a_site_is_refused_before_anything_is_made(tmp_path: Path, host: str) -> None:
    assert run([*setup_arguments(tmp_path / "lib", tmp_path / "units"), "--https", host]) == Exit.USAGE
    assert not (tmp_path / "lib").exists()


def test_units_that_cannot_be_written_are_refused_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no-folder").touch()
    assert run(setup_arguments(tmp_path / "lib", tmp_path / "no-folder" / "units")) == Exit.BAD_INPUT
    assert not (tmp_path / "lib").exists()
    said = capsys.readouterr().err
    assert "sudo sayso setup" in said
    assert "--units" in said


def test_only_root_sets_up_for_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(Exception, match="sudo sayso setup"):
        places.place(tmp_path, "somebody-else")


def test_a_path_that_units_would_read_otherwise_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="without spaces"):
        places.place(tmp_path / "50% of it", None)


def test_removing_takes_the_services_and_leaves_what_is_kept(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = tmp_path / "units"
    assert run(setup_arguments(machine.folder, units)) == Exit.OK
    (units / "ssh.service").write_text("of somebody else")
    assert run(["setup", "remove", "--units", str(units)]) == Exit.OK
    assert [unit.name for unit in units.iterdir()] == ["ssh.service"]
    assert (machine.folder / "data" / "sayso.db").exists()
    assert run(["setup", "remove", "--units", str(units)]) == Exit.OK
    assert "no services of Sayso" in capsys.readouterr().out


def test_what_an_older_version_kept_is_first_to_be_brought_up_to_date(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(migrating, "newest", lambda: "later")
    assert machine.again() == Exit.BAD_INPUT
    said = capsys.readouterr().err
    assert f"in {machine.folder}: sudo -u" in said
    assert "sayso migrate" in said
