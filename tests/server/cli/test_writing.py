"""What officers decided says how good drafts were, and labels characters to train on."""

from base64 import b64encode
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from scanning.writing.alphabet import CLASSES
from scanning.writing.drafts import By, Draft
from server.cli import sayso
from server.models.intake import Reading
from server.models.officers import Officer, Role
from server.models.review import Correction, Doubt
from server.queries.writing import Checked, checked_drafts
from server.returns.drafts import kept
from server.returns.evaluating import evaluated, labelled
from server.store import Store
from tests.server.returns_made import a_batch, a_town, came, page, printings_known

__all__ = ["printings_known"]

pytestmark = pytest.mark.usefixtures("printings_known")


def strip(count: int) -> str:
    """Give a strip of cells, each of its own grey."""
    cells = [np.full((28, 28), 10 * (number + 1), np.uint8) for number in range(count)]
    return b64encode(cv2.imencode(".png", np.hstack(cells))[1].tobytes()).decode()


def cells(value: str, *, sure: bool = True, name: str = "postcode") -> Draft:
    return Draft(name, By.CELLS, value, sure, strip=strip(len(value)))


def checked(draft: Draft, decided: object) -> Checked:
    return Checked(draft.name, kept([draft]), decided)


def test_a_code_is_right_however_its_spelling_is_spaced() -> None:
    found = evaluated([checked(cells("M145AB"), "M14 5AB"), checked(cells("M145AD"), "M14 5AB")])[By.CELLS]
    assert (found.places, found.right, found.sure, found.sure_and_wrong) == (2, 1, 2, 1)
    assert (found.characters, found.errors) == (12, 1)


def test_a_day_is_compared_as_it_stands_in_its_cells() -> None:
    assert evaluated([checked(cells("13071998", name="day"), "1998-07-13")])[By.CELLS].right == 1


def test_words_are_compared_on_one_line_and_parts_each_with_its_own() -> None:
    drafts = [Draft("reach/name", By.HAND, "Ada\nMole"), Draft("reach/phone", By.HAND, "0161")]
    found = evaluated([Checked("reach", kept(drafts), {"name": "Ada Mole", "phone": "0162"})])[By.HAND]
    assert (found.places, found.right, found.errors) == (2, 1, 1)


def test_what_nobody_could_read_counts_nowhere() -> None:
    assert evaluated([checked(cells("M145AB"), None)])[By.CELLS].places == 0


def test_characters_are_labelled_by_what_was_decided() -> None:
    found = labelled([checked(cells("M14"), "M17"), checked(cells("M145"), "M14")])
    assert [CLASSES[number] for number in found.classes] == list("M17")
    assert [int(one[0, 0]) for one in found.pictures] == [10, 20, 30]


def decided(store: Store, *, undone: bool = False) -> None:
    """Put a comment with a draft into a store, and what an officer decided."""
    a_town(store)
    came(store, a_batch(store), [page(2, "0001-0001", written=["comment"])])
    with store.writing() as session:
        reading = session.scalars(select(Reading).where(Reading.question == "comment")).one()
        reading.drafts = kept([Draft("comment", By.HAND, "Mend tke lift")])
        doubt = session.scalars(select(Doubt).where(Doubt.reading_id == reading.id)).one()
        officer = Officer(username="ada", name="Ada", role=Role.OFFICER, password_hash="")
        session.add(officer)
        session.flush()
        session.add(
            Correction(
                doubt_id=doubt.id,
                question="comment",
                machine=None,
                decided="Mend the lift",
                officer_id=officer.id,
                undone_at=doubt.created_at if undone else None,
            )
        )


def test_the_last_decision_that_stands_counts(any_store: Store) -> None:
    decided(any_store)
    with any_store.reading() as session:
        assert [(one.question, one.decided) for one in checked_drafts(session)] == [("comment", "Mend the lift")]


def test_a_decision_that_was_taken_back_does_not_count(store: Store) -> None:
    decided(store, undone=True)
    with store.reading() as session:
        assert list(checked_drafts(session)) == []


def command(store: Store, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """Give what `sayso writing` prints on that store."""
    monkeypatch.setattr("server.cli.writing.load_settings", lambda: store.settings)
    ran = CliRunner().invoke(sayso, ["writing", *arguments], standalone_mode=False)
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_the_command_shows_how_each_kind_did(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    decided(store)
    told = command(store, monkeypatch, "evaluate")
    assert [line.split() for line in told.splitlines() if line.startswith("hand")] == [
        ["hand", "1", "0", "0", "0", "13", "7.7%"]
    ]


def test_the_command_writes_characters_for_training(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    decided(store)
    assert "0 characters" in command(store, monkeypatch, "export", str(tmp_path / "checked.npz"))
    with np.load(tmp_path / "checked.npz") as file:
        assert file["pictures"].shape == (0, 28, 28)
