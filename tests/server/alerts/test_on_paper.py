"""A danger on paper is told as soon as it is read, and stays one alert while its copy becomes complete."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import func, select, update

from scanning.readers import PageResult
from scanning.writing.drafts import By, Draft
from server.alerts.clocks import received
from server.intake.writing import keep_drafts
from server.keying import saving as keying
from server.models.alerts import Alert
from server.models.copies import Copy
from server.models.intake import Page, Reading, ReceivedFile, Return
from server.models.officers import Role
from server.queries.held import held_about
from server.queries.subjects import Subject, SubjectKind
from server.returns import known
from server.returns.assembling import assemble
from server.returns.deciding import Said
from server.returns.pages import READER, keep_page
from server.store import Store
from server.web.words import ZONE
from tests.server.alerts.made import GAS, alerts
from tests.server.conftest import Browser
from tests.server.filling import SAID
from tests.server.keying.test_saving import keyed
from tests.server.returns_made import RECEIVED, a_batch, a_town, came, page, result, sure
from tests.server.review import conftest as review
from tests.server.review.conftest import BLANK, Desk, a_desk, printings_known

__all__ = ["printings_known"]
pytestmark = pytest.mark.usefixtures("printings_known")

CAME = datetime(2026, 11, 21, 8, tzinfo=UTC)


def drafted(store: Store, words: str = GAS) -> None:
    """Have the machine read these words in the comment of the copy that came."""
    with store.writing() as session:
        session.execute(update(ReceivedFile).values(received_at=CAME))
        of_comment = select(Page).join(Page.readings).where(Reading.question == "comment")
        keep_drafts(session, session.scalars(of_comment).one(), [read(words)])


def read(words: str) -> PageResult:
    return replace(result(page(2, "0001-0001", written=["comment"])), drafts=(Draft("comment", By.HAND, words),))


def settle_all(store: Store, outcome: str = "dealt_with") -> None:
    with store.writing() as session:
        for one in session.scalars(select(Alert)):
            one.settled_at, one.outcome, one.acknowledged_at = CAME, outcome, CAME


def completed(desk: Desk, comment: Said) -> int:
    """Decide all that is open on the copy; give the id of the decision on the comment."""
    decided = desk.decide(desk.doubt("comment"), comment, desk.anna)
    desk.decide(desk.doubt("overall"), review.said("very_satisfied"), desk.anna)
    return decided.correction_id


def test_a_danger_is_told_when_its_draft_is_there(any_store: Store) -> None:
    desk = a_desk(any_store)
    drafted(any_store)
    (one,) = alerts(any_store)
    assert (one.return_id, one.response_id, one.question, one.dangers) == (
        desk.returned().id,
        None,
        "comment",
        ["gas"],
    )
    assert one.came_at == CAME


def test_a_draft_that_was_there_before_its_copy_was_put_together_is_looked_at(any_store: Store) -> None:
    town = a_town(any_store)
    batch = a_batch(any_store)
    with any_store.writing() as session:
        printings = known.printings(session, any_store.files)
        file = ReceivedFile(batch_id=batch.id, sha256="a", kept_sha256="a", name="a.pdf", size_bytes=1)
        session.add(file)
        session.flush()
        kept = keep_page(
            session, file, result(page(2, town.codes[0], written=["comment"])), (1, 0), READER, printings, None
        )
        session.flush()
        keep_drafts(session, kept, [read(GAS)])
        assert session.scalar(select(func.count()).select_from(Alert)) == 0
        assemble(any_store, session, file)
    assert [one.dangers for one in alerts(any_store)] == [["gas"]]


def test_read_again_a_question_keeps_its_one_alert_as_officers_left_it(any_store: Store) -> None:
    a_desk(any_store)
    drafted(any_store)
    settle_all(any_store)
    drafted(any_store, "I smell gas.")
    (one,) = alerts(any_store)
    assert (one.settled_at, one.outcome) == (CAME, "dealt_with")


def test_another_danger_in_a_better_reading_makes_it_wait_again(any_store: Store) -> None:
    a_desk(any_store)
    drafted(any_store, "Black mould.")
    settle_all(any_store)
    drafted(any_store)
    (one,) = alerts(any_store)
    assert one.dangers == ["damp", "gas"]
    assert (one.settled_at, one.settled_by, one.acknowledged_at, one.outcome) == (None, None, None, "")


def test_a_comment_typed_before_the_rest_is_settled_is_looked_at_at_once(any_store: Store) -> None:
    desk = a_desk(any_store)
    desk.decide(desk.doubt("comment"), review.said(GAS), desk.anna)
    (one,) = alerts(any_store)
    assert (one.return_id, one.dangers) == (desk.returned().id, ["gas"])


@pytest.mark.parametrize("comment", [review.said(GAS), review.said("All is well."), BLANK])
def test_what_becomes_a_response_takes_its_alert_along(any_store: Store, comment: Said) -> None:
    desk = a_desk(any_store)
    drafted(any_store)
    settle_all(any_store)
    (before,) = alerts(any_store)
    completed(desk, comment)
    (after,) = alerts(any_store)
    assert (after.response_id, after.return_id) == (desk.returned().response_id, None)
    assert (after.uid, after.settled_at, after.outcome, after.came_at) == (before.uid, CAME, "dealt_with", CAME)


def test_an_open_alert_that_the_officer_did_not_find_on_the_paper_stays_open(any_store: Store) -> None:
    desk = a_desk(any_store)
    drafted(any_store)
    completed(desk, review.said("The glass is clean."))
    (one,) = alerts(any_store)
    assert (one.dangers, one.settled_at) == (["gas"], None)


def test_another_danger_in_what_the_officer_typed_makes_it_wait_again(any_store: Store) -> None:
    desk = a_desk(any_store)
    drafted(any_store)
    settle_all(any_store, "nothing")
    completed(desk, review.said("Sparks from a socket."))
    (one,) = alerts(any_store)
    assert (one.dangers, one.settled_at) == (["gas", "electrics"], None)


def test_a_copy_that_is_keyed_in_takes_its_alert_along(store: Store) -> None:
    desk = a_desk(store)
    drafted(store)
    (before,) = alerts(store)
    paper = keyed(desk, {**SAID, "comment": GAS}, copy_code=desk.town.codes[0])  # type: ignore[arg-type]
    keying.save_copy(store, desk.returned().uid, paper, by=desk.anna)
    (after,) = alerts(store)
    assert (after.uid, after.response_id) == (before.uid, desk.returned().response_id)


def test_a_copy_that_is_opened_again_has_its_alert_back(any_store: Store) -> None:
    desk = a_desk(any_store)
    seen = completed(desk, review.said(GAS))
    settle_all(any_store)
    (before,) = alerts(any_store)
    desk.take_back(seen, desk.anna)
    (after,) = alerts(any_store)
    assert (after.uid, after.return_id, after.response_id) == (before.uid, desk.returned().id, None)
    assert after.outcome == "dealt_with"


def test_a_draft_of_a_copy_that_is_complete_tells_nothing_more(any_store: Store) -> None:
    desk = a_desk(any_store)
    completed(desk, review.said(GAS))
    drafted(any_store, "Black mould.")
    assert [(one.return_id, one.dangers) for one in alerts(any_store)] == [(None, ["gas"])]


def test_an_equality_page_is_not_looked_at(store: Store) -> None:
    a_desk(store)
    with store.writing() as session:
        session.scalars(select(Return)).one().is_equality = True
    drafted(store)
    assert alerts(store) == []


def test_words_typed_into_a_pdf_of_which_a_page_lacks_are_looked_at(store: Store) -> None:
    town = a_town(store)
    second = sure(2, town.codes[0])
    typed = replace(second, typed=True, answers={**second.answers, "comment": GAS})
    came(store, a_batch(store), [typed])
    assert [(one.response_id, one.dangers) for one in alerts(store)] == [(None, ["gas"])]


def test_an_alert_of_paper_is_found_with_all_that_is_held_about_its_copy(store: Store) -> None:
    desk = a_desk(store)
    drafted(store)
    with store.reading() as session:
        copy_id = session.scalars(select(Copy.id).where(Copy.code == desk.town.codes[0])).one()
        held = held_about(session, Subject(SubjectKind.COPY, copy_id))
        assert [one.return_id for one in held.of(Alert)] == [desk.returned().id]


def test_time_runs_from_when_the_file_came_where_nobody_knows_the_day() -> None:
    assert received(CAME, None) == CAME
    assert received(CAME, RECEIVED) == datetime.combine(RECEIVED, time(), ZONE)


AsRole = Callable[[Role], Browser]


def text(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_its_page_shows_what_was_read_where_it_came_from_and_the_paper(as_role: AsRole, store: Store) -> None:
    desk = a_desk(store)
    drafted(store)
    officer = as_role(Role.OFFICER)
    (one,), doubt_id = alerts(store), desk.doubt("comment")
    assert "Paper, Autumn" in text(officer, "/alerts/")
    shown = text(officer, f"/alerts/{one.id}")
    assert "Read by machine</span> Check it" in shown
    assert "I can <mark>smell gas</mark>." in shown
    for words in ("Batch 1", desk.town.codes[0], "20 November 2026", f'href="/review/{doubt_id}"', "/review/answers/"):
        assert words in shown
    desk.decide(doubt_id, review.said(GAS), desk.anna)
    shown = text(officer, f"/alerts/{one.id}")
    assert "Read by machine" not in shown
    assert "<mark>smell gas</mark>" in shown
    assert "/review/answers/" in shown


def test_paper_without_a_code_a_day_or_a_campaign_has_a_page_too(as_role: AsRole, store: Store) -> None:
    a_town(store)
    a_town(store, name="Winter", printing="TSM00002")
    came(store, a_batch(store, received_on=None), [page(2, None, written=["comment"])])
    drafted(store)
    officer = as_role(Role.OFFICER)
    with store.writing() as session:
        session.scalars(select(Return)).one().campaign_id = None
    (one,) = alerts(store)
    shown = text(officer, f"/alerts/{one.id}")
    assert "without a code" in shown
    assert "nobody has said on which day; its scan came 21 November 2026" in shown
    assert "days late" in text(officer, "/alerts/")


def test_a_danger_that_is_not_read_there_any_more_is_said_to_be_so(as_role: AsRole, store: Store) -> None:
    desk = a_desk(store)
    drafted(store)
    officer = as_role(Role.OFFICER)
    (one,) = alerts(store)
    desk.decide(desk.doubt("comment"), BLANK, desk.anna)
    assert "Nothing is read there any more" in text(officer, f"/alerts/{one.id}")
    desk.decide(desk.doubt("overall"), review.said("very_satisfied"), desk.anna)
    assert "Nothing is read there any more" in text(officer, f"/alerts/{one.id}")


def test_words_without_a_danger_are_said_to_speak_of_none(as_role: AsRole, store: Store) -> None:
    desk = a_desk(store)
    drafted(store)
    officer = as_role(Role.OFFICER)
    completed(desk, review.said("The glass is clean."))
    assert "it speaks of no danger" in text(officer, f"/alerts/{alerts(store)[0].id}")
