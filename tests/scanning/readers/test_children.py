"""Children start, are used again, die and are ended: what is left of them."""

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from scanning.errors import ScanningError
from scanning.readers import PageResult, child
from scanning.readings import SetAside
from tests.bench.processes import descendants
from tests.scanning.readers.played import Folder, counted_starts, read, readers, said


def test_a_child_that_behaves_is_used_again_and_one_that_was_interrupted_is_not(folder: Folder) -> None:
    before = children()
    with readers() as these:
        assert [said(one) for one in these.read([folder.file("once")])] == ["001.0 once"]
        first = children() - before
        assert [said(one) for one in these.read([folder.file("again")])] == ["002.0 again"]
        assert children() - before == first
        assert next(iter(these.read([folder.file("slow", "slow")])))
        assert [said(one) for one in these.read([folder.file("anew")])] == ["004.0 anew"]
        assert children().isdisjoint(first)


def test_a_child_that_cannot_start_is_said_and_not_tried_for_ever(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "WORKER", "tests.scanning.readers.playing:nothing")
    with readers() as these, pytest.raises(ScanningError, match="The reader does not start"):
        list(these.read([folder.file("page")]))


def test_a_child_that_dies_before_it_begins_costs_nothing(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    started = counted_starts(monkeypatch, first="tests.scanning.readers.playing:nothing")
    assert read(folder.file("one", "two")) == ["001.0 one", "001.1 two"]
    assert len(started) == 2


def children() -> set[int]:
    """Give the process ids of all that play, of those that this process has started, and they in turn."""
    return set(filter(plays, descendants()))


def plays(process: int) -> bool:
    """Tell whether a process is there and plays, by the words it was started with."""
    try:
        return b"readers.playing:serve" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def gone(those: set[int]) -> bool:
    """Tell whether none of them is left, after a moment for the system to clear up."""
    until = time.monotonic() + 3
    while any(map(plays, those)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(plays, those))


def test_an_exception_in_the_parent_leaves_no_child_and_no_file_behind(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Children of an earlier test may still be dying.
    before, temporary = children(), folder.path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with pytest.raises(ZeroDivisionError), readers(2) as these:  # noqa: PT012
        for _ in these.read([folder.file(*["slow"] * 30)]):
            started = children() - before
            raise ZeroDivisionError
    assert started
    assert gone(started)
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("isolated", [True, False])
def test_a_parent_that_is_ended_takes_its_children_with_it(
    folder: Folder, with_signal: signal.Signals, *, isolated: bool
) -> None:
    program = f"""
        import signal
        from forms.sandbox import view
        from pathlib import Path
        from scanning.pages import PageLimits
        from scanning.readers import Readers, child
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
        child.WORKER = "tests.scanning.readers.playing:serve"
        view.bubblewrap = view.bubblewrap if {isolated} else lambda _: ()
        with Readers([b"form"], limits=PageLimits()) as these:
            for result in these.read([Path({str(folder.file("page", "hang"))!r})]):
                print(result.index, flush=True)
    """
    before = children()
    command = [sys.executable, "-c", textwrap.dedent(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "0\n"
        started = children() - before
        parent.send_signal(with_signal)
        parent.wait(5)
    assert started
    assert gone(started)


def test_pages_of_one_file_are_read_by_several_children(folder: Folder) -> None:
    with readers(2) as these:
        outcomes = [one.outcome for one in these.read([folder.file(*["who"] * 32)]) if isinstance(one, PageResult)]
    assert len(outcomes) == 32
    assert len({one.detail for one in outcomes if isinstance(one, SetAside)}) == 2
