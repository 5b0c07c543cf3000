"""Decisions on doubts: kept for good, complete copies, clashes between officers, and taking back."""

import pytest
from sqlalchemy import func, select

from server.errors import NotFoundError, RefusedError
from server.models.audit import AuditEvent
from server.models.equality import EqualityAnswer
from server.models.intake import Page, PageState, Return, ReturnState
from server.models.responses import Answer, ContactDetails, Response
from server.models.review import DoubtState
from server.returns.deciding import Clash, Decided, Said
from server.returns.decisions import Decision, How, Noted
from server.store import Store
from tests.server.review.conftest import BLANK, Desk, a_desk, an_equality_page, said


def answers(store: Store) -> dict[str, str | None]:
    with store.reading() as session:
        return {row.question: row.option or row.written for row in session.scalars(select(Answer))}


def complete(desk: Desk, overall: str = "very_satisfied") -> int:
    """Settle both doubts of the copy; give the id of the last decision."""
    desk.decide(desk.doubt("overall"), said(overall), desk.anna)
    last = desk.decide(desk.doubt("comment"), said("The lift is slow."), desk.anna)
    assert isinstance(last, Decided)
    assert last.completes
    return last.correction_id


def test_a_decision_keeps_what_the_machine_had_read_and_who_decided(desk: Desk) -> None:
    what = Said(Decision(How.ANSWER, "very_satisfied"), (Noted.SEE_LETTER,))
    outcome = desk.decide(desk.doubt("overall"), what, desk.anna)
    assert isinstance(outcome, Decided)
    assert not outcome.completes
    (kept,) = desk.corrections()
    assert (kept.machine, kept.officer_id) == ({"answer": None, "reason": "faint"}, desk.anna.id)
    assert (kept.decided, kept.noted) == ({"as": "answer", "value": "very_satisfied"}, ["see_letter"])
    assert desk.doubts("overall")[0].state == DoubtState.SETTLED
    assert desk.returned().state == ReturnState.READING


def test_the_last_decision_makes_the_response(desk: Desk) -> None:
    complete(desk)
    expected = {"overall": "very_satisfied", "repair_done": "no", "contact_me": "yes", "comment": "The lift is slow."}
    assert answers(desk.store) == expected
    assert {one.response_id for one in desk.corrections()} == {desk.returned().response_id}


@pytest.mark.parametrize("how", [How.BLANK, How.SEVERAL, How.UNREADABLE])
def test_what_is_no_answer_is_none(desk: Desk, how: How) -> None:
    desk.decide(desk.doubt("overall"), Said(Decision(how)), desk.anna)
    desk.decide(desk.doubt("comment"), BLANK, desk.anna)
    assert answers(desk.store) == {"repair_done": "no", "contact_me": "yes"}


def test_who_decides_second_overwrites_nothing_and_is_told(desk: Desk) -> None:
    doubt = desk.doubt("overall")
    desk.decide(doubt, said("very_satisfied"), desk.anna)
    outcome = desk.decide(doubt, said("neither"), desk.ben)
    assert isinstance(outcome, Clash)
    assert not outcome.agrees
    desk.decide(desk.doubt("comment"), BLANK, desk.anna)
    assert answers(desk.store)["overall"] == "very_satisfied"
    assert [one.decided["value"] for one in desk.corrections()[:2]] == ["very_satisfied", "neither"]


def test_who_decides_the_same_second_is_told_so(desk: Desk) -> None:
    desk.decide(desk.doubt("overall"), said("neither"), desk.anna)
    outcome = desk.decide(desk.doubt("overall"), said("neither"), desk.ben)
    assert isinstance(outcome, Clash)
    assert outcome.agrees


def test_having_seen_both_somebody_decides_a_third_time(desk: Desk) -> None:
    doubt = desk.doubt("overall")
    first = desk.decide(doubt, said("very_satisfied"), desk.anna)
    desk.decide(doubt, said("neither"), desk.ben)
    desk.decide(desk.doubt("comment"), BLANK, desk.anna)
    outcome = desk.overrule(first.correction_id, said("neither"), desk.ben)
    assert isinstance(outcome, Decided)
    assert outcome.completes
    assert answers(desk.store)["overall"] == "neither"
    assert len([one for one in desk.corrections() if one.question == "overall"]) == 3
    with desk.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 1


def test_what_was_seen_must_still_count(desk: Desk) -> None:
    doubt = desk.doubt("overall")
    first = desk.decide(doubt, said("very_satisfied"), desk.anna)
    desk.overrule(first.correction_id, said("neither"), desk.ben)
    outcome = desk.overrule(first.correction_id, BLANK, desk.anna)
    assert isinstance(outcome, Clash)
    desk.decide(desk.doubt("comment"), BLANK, desk.anna)
    assert answers(desk.store)["overall"] == "neither"


def test_to_agree_with_what_counts_leaves_the_response_as_it_is(desk: Desk) -> None:
    complete(desk)
    before = desk.returned().response_id
    outcome = desk.overrule(desk.corrections()[0].id, said("very_satisfied"), desk.ben)
    assert isinstance(outcome, Decided)
    assert outcome.completes
    assert desk.returned().response_id == before


def test_a_decision_taken_back_opens_the_copy_and_takes_its_response_out(any_store: Store) -> None:
    desk = a_desk(any_store, written=("contact",))
    desk.decide(desk.doubt("overall"), said("neither"), desk.anna)
    last = desk.decide(desk.doubt("contact"), said({"name": "Ada Żuk"}), desk.anna)
    assert last == Decided(last.correction_id, completes=True)
    assert desk.take_back(last.correction_id, desk.anna) == desk.doubt("contact")
    with any_store.reading() as session:
        for table in (Response, Answer, ContactDetails):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        assert set(session.scalars(select(Page.state))) == {PageState.READ}
        assert session.scalar(select(AuditEvent.action).order_by(AuditEvent.number.desc()).limit(1)) == (
            "returned copy opened again"
        )
    assert desk.returned().state == ReturnState.READING
    assert desk.doubts("contact")[0].state == DoubtState.OPEN
    again = desk.decide(desk.doubt("contact"), BLANK, desk.anna)
    assert again == Decided(again.correction_id, completes=True)


def test_only_ones_own_decision_that_counts_can_be_taken_back(desk: Desk) -> None:
    doubt = desk.doubt("overall")
    first = desk.decide(doubt, said("very_satisfied"), desk.anna)
    with pytest.raises(RefusedError, match="not yours"):
        desk.take_back(first.correction_id, desk.ben)
    desk.overrule(first.correction_id, said("neither"), desk.ben)
    with pytest.raises(RefusedError, match="decided on it since"):
        desk.take_back(first.correction_id, desk.anna)


def test_an_equality_page_that_is_complete_stays_as_it_is(desk: Desk) -> None:
    an_equality_page(desk)
    done = desk.decide(desk.doubt("age_band"), said("from_25_to_34"), desk.anna)
    assert done == Decided(done.correction_id, completes=True)
    with pytest.raises(RefusedError, match="kept apart"):
        desk.take_back(done.correction_id, desk.anna)
    with pytest.raises(RefusedError, match="kept apart"):
        desk.overrule(done.correction_id, BLANK, desk.ben)
    with desk.store.reading() as session:
        assert set(session.scalars(select(EqualityAnswer.option))) == {"from_25_to_34", "child"}


def test_of_a_rejected_copy_nothing_is_decided(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.get_one(Return, desk.returned().id).state = ReturnState.REJECTED
    with pytest.raises(RefusedError, match="rejected"):
        desk.decide(desk.doubt("overall"), BLANK, desk.anna)


def test_a_doubt_that_is_gone_is_said_to_be(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="gone"):
        desk.decide(999, BLANK, desk.anna)
