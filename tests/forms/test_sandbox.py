"""The limited child: what it gives back, and what it keeps from happening."""

import os
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from forms.sandbox import Limits, SandboxError, run_limited, view
from tests.forms.sandboxed import UnfitError

LIMITS = Limits(memory_mb=300, cpu_s=5, wall_s=5)


@pytest.fixture(params=["bubblewrap", "limits only"], autouse=True)
def isolation(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run every test both ways, as far as bubblewrap works here."""
    if request.param == "limits only":
        monkeypatch.setattr(view, "bubblewrap", lambda _: ())
    elif not view.bubblewrap(("forms", "tests")):
        pytest.skip("bubblewrap does not work on this machine")
    return str(request.param)


def run(work: str, source: Path | bytes = b"", limits: Limits = LIMITS) -> Any:
    return run_limited(f"tests.forms.sandboxed:{work}", source, limits, refusal=UnfitError)


def test_the_value_comes_back_for_bytes_and_for_a_file(tmp_path: Path) -> None:
    path = tmp_path / "five"
    path.write_bytes(b"12345")
    assert run("length", b"1234") == {"bytes": 4}
    assert run("length", path) == {"bytes": 5}


def test_a_refusal_comes_back_as_its_own_type_in_one_printable_line() -> None:
    with pytest.raises(UnfitError, match=r"^not fit: page 3 \[31m$"):
        run("refuse", b"page 3")


def test_any_other_exception_is_a_crash_named_by_its_type_alone() -> None:
    with pytest.raises(SandboxError, match=r"it crashed the reader \(KeyError\)$"):
        run("fail")


def test_work_that_sleeps_is_stopped_by_the_clock() -> None:
    start = time.monotonic()
    with pytest.raises(SandboxError, match=r"took longer than 0\.8 s"):
        run("sleep", limits=Limits(300, 5, 0.8))
    assert time.monotonic() - start < 4


def test_work_that_burns_time_is_stopped_by_the_cpu_limit() -> None:
    with pytest.raises(SandboxError, match="took longer than 1 s"):
        run("burn", limits=Limits(300, 1, 20))


def test_work_that_wants_more_memory_than_allowed_is_told_so() -> None:
    with pytest.raises(SandboxError, match="needs more than 300 MB of memory"):
        run("devour")


def test_a_crash_of_the_process_is_an_error_of_ours() -> None:
    with pytest.raises(SandboxError, match="it crashed the reader"):
        run("crash")


def test_what_the_work_prints_reaches_neither_the_answer_nor_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("chatter") == "quiet"
    assert capfd.readouterr() == ("", "")


def test_an_answer_without_end_is_cut_off_and_refused() -> None:
    with pytest.raises(SandboxError, match="it crashed the reader"):
        run("flood")


def test_a_process_that_the_work_started_dies_with_it(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="took longer"):
        run("leave_a_process_behind", str(tmp_path).encode(), Limits(300, 5, 1))
    time.sleep(1.5)
    assert not (tmp_path / "mark").exists()


def test_no_secret_of_the_environment_reaches_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_SECRET_KEY", "s3cret")
    seen = run("environment")
    assert set(seen) <= {"PATH", "LD_LIBRARY_PATH", "LC_CTYPE", "PWD"}


def test_limits_hold_for_the_child_and_leave_this_process_alone() -> None:
    assert run("raise_the_limits") == [300 * 2**20, 0]


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run("length", tmp_path / "none")


@pytest.mark.parametrize("isolation", ["bubblewrap"], indirect=True)
def test_under_bubblewrap_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(SandboxError, match="crashed"):
        run("call_home", str(server.getsockname()[1]).encode())


@pytest.mark.parametrize("isolation", ["bubblewrap"], indirect=True)
def test_under_bubblewrap_no_file_can_be_written(tmp_path: Path) -> None:
    for folder in (tmp_path, Path("/"), Path("/dev"), view.ROOT / "forms", Path("/dev/shm")):  # noqa: S108
        with pytest.raises(SandboxError, match=r"crashed the reader \((OSError|FileNotFoundError)\)"):
            run("write_a_file", os.fsencode(folder))
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("isolation", ["bubblewrap"], indirect=True)
def test_under_bubblewrap_there_are_programs_and_libraries_but_no_data_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    folders = [str(tmp_path), str(view.ROOT), "/", "/etc", "/usr/bin"]
    there = run("look_around", "\n".join(folders).encode())
    assert there[str(tmp_path)] is None
    assert set(there[str(view.ROOT)]) <= {"forms", "tests", ".venv"}
    assert set(there["/"]).isdisjoint({"proc", "sys", "run", "var", "home"})
    assert set(there["/etc"]) <= {"ld.so.cache", "alternatives"}
    assert there["/usr/bin"]


@pytest.mark.parametrize("isolation", ["bubblewrap"], indirect=True)
def test_under_bubblewrap_the_file_handed_over_cannot_be_opened_again_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_bytes(b"as it came")
    with pytest.raises(SandboxError, match=r"crashed the reader \(FileNotFoundError\)"):
        run("overwrite_the_input", path)
    assert path.read_bytes() == b"as it came"
