"""`sayso intake`: files in, each named with what became of it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from server.cli import Exit, run
from server.models.intake import Arrival, Batch
from server.store import Store
from tests.server.filling import new_campaign

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _here(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text(f'data = "{store.folder}"\n')
    monkeypatch.chdir(tmp_path)
    Path("scan.pdf").write_bytes(b"a scan")
    Path("same.pdf").write_bytes(b"a scan")
    Path("empty.pdf").touch()


def test_files_join_the_batch_of_a_name_and_a_day(store: Store, capsys: Captured) -> None:
    new_campaign(store)
    order = ["--batch", "Desk", "--received", "2026-11-20", "--campaign", "Autumn"]
    assert run(["intake", "scan.pdf", *order]) == Exit.OK
    assert run(["intake", "same.pdf", *order]) == Exit.OK
    shown = capsys.readouterr().out
    assert "scan.pdf: taken in\n1 of 1 files are in the batch 'Desk'." in shown
    assert "same.pdf: the same content is here already." in shown
    with store.reading() as session:
        batch = session.scalars(select(Batch)).one()
        assert (batch.name, str(batch.received_on), batch.campaign_id) == ("Desk", "2026-11-20", 1)
        assert session.scalars(select(Arrival.is_repeat).order_by(Arrival.id)).all() == [False, True]


def test_a_file_that_is_refused_is_named_and_gives_exit_code_4(capsys: Captured) -> None:
    assert run(["intake", "empty.pdf", "scan.pdf"]) == Exit.SET_ASIDE
    assert "empty.pdf: set aside. The file is empty." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--campaign", "Nobody's"], "there is no campaign 'Nobody's'"),
        (["--received", "2126-01-01"], "still to come"),
        (["--received", "yesterday"], "'yesterday' does not match"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_taken(
    store: Store, capsys: Captured, words: list[str], said: str
) -> None:
    assert run(["intake", "scan.pdf", *words]) in (Exit.USAGE, Exit.BAD_INPUT)
    assert said in capsys.readouterr().err
    with store.reading() as session:
        assert session.scalars(select(Arrival)).all() == []
