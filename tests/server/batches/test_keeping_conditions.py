"""What a page tells of the scanner comes through from the child to its row, and which pictures chance chose."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from scanning.condition import STREAKS_MAX, Condition, Streak
from scanning.readers.frames import Frame, Inbox, RubbishError
from scanning.readers.messages import Aside, PageRead, telling, told
from scanning.readings import Refusal, SetAside
from server.models.intake import Crop, FileState, Page, Reading, ReceivedFile
from server.queries.scanner import conditions
from server.returns.known import printings
from server.returns.pages import READER, keep_page
from server.store import Store
from tests.server.returns_made import a_batch, a_town, page, result, set_aside

TOLD = Condition(0.4, 244, 31, (Streak(83.0, 0.395, 0.3),))
ASIDE = Aside(SetAside(Refusal.NO_CODE, "Its code cannot be read."))


def sent(condition: Condition) -> Frame:
    inbox = Inbox()
    inbox.add(telling(PageRead(0, (2480, 3508), (ASIDE,), ((),), condition=condition)))
    frame = inbox.next()
    assert frame is not None
    return frame


def test_a_child_tells_it_and_its_parent_believes_what_is_in_order() -> None:
    message, _ = told(sent(TOLD))
    assert isinstance(message, PageRead)
    assert message.condition == TOLD


def test_more_lines_than_a_page_can_tell_of_are_rubbish() -> None:
    with pytest.raises(RubbishError):
        told(sent(replace(TOLD, streaks=TOLD.streaks * (STREAKS_MAX + 1))))


def test_it_is_kept_with_the_page_in_the_order_of_scanning(any_store: Store) -> None:
    batch = a_batch(any_store)
    with any_store.writing() as session:
        file = ReceivedFile(batch_id=batch.id, sha256="0" * 64, name="a", size_bytes=1, state=FileState.READ)
        session.add(file)
        session.flush()
        for number in (2, 1, 3):
            one = replace(result(set_aside(), number), condition=replace(TOLD, paper=number) if number < 3 else None)
            keep_page(session, file, one, (number, 0), READER, {}, None)
    with any_store.reading() as session:
        found = conditions(session, batch.id)
    assert [one.told["paper"] for one in found] == [1, 2]
    assert found[0].told["streaks"] == [{"at_mm": 83.0, "at_part": 0.395, "dark": 0.3}]


def test_pictures_of_what_somebody_must_look_at_are_none_that_chance_chose(any_store: Store) -> None:
    town, batch = a_town(any_store), a_batch(any_store)
    marks = {"repair_done": "yes", "repairs_service": "very_satisfied", "safe_home": "not_applicable"}
    reading = page(1, town.codes[0], marks, faint={"overall": "very_satisfied"})
    with any_store.writing() as session:
        file = ReceivedFile(batch_id=batch.id, sha256="0" * 64, name="a", size_bytes=1, state=FileState.READ)
        session.add(file)
        session.flush()
        known = printings(session, any_store.files)
        keep_page(session, file, result(reading, crops=["repair_done"]), (1, 0), READER, known, None)
    with any_store.reading() as session:
        rows = session.execute(select(Reading.question, Crop.is_sampled).join(Crop).join(Page)).all()
    assert sorted(rows) == [("overall", False), ("repair_done", True)]
