"""A paper that was keyed in is a response like any other, once, and says what its officer was not sure of."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from forms.answers import collect
from server.errors import NotFoundError
from server.keying import saving
from server.keying.saving import AlreadyHereError, Keyed
from server.models import Base
from server.models.intake import Batch, CameBy, PageState, ReturnState
from server.models.responses import Answer, Response
from server.models.review import Correction, Doubt, DoubtState
from server.returns.completing import complete_if_ready
from server.returns.decisions import Decision, How
from server.returns.problems import Problem
from tests.server.aside.conftest import Desk
from tests.server.filling import SAID, TSM, form_of, new_campaign
from tests.server.pages_made import TORN_OFF, page, set_aside, sure
from tests.server.returns_made import a_batch, came

DAY = date(2026, 11, 23)


def keyed(desk: Desk, said: dict[str, object] | None = None, **more: Any) -> Keyed:
    form = form_of(TSM)
    given = {"campaign_id": desk.town.campaign.id, "received_on": DAY, **more}
    return Keyed(form=form, answers=collect(form, SAID if said is None else said), **given)


def answers(desk: Desk, response: Response) -> dict[str, str]:
    with desk.store.reading() as session:
        rows = session.scalars(select(Answer).where(Answer.response_id == response.id))
        return {row.question: row.option or row.written or "" for row in rows}


def corrections(desk: Desk) -> dict[str, Any]:
    with desk.store.reading() as session:
        return {one.question: one.decided for one in session.scalars(select(Correction))}


def test_a_paper_without_a_scan_is_saved_as_paper_keyed_in(desk: Desk) -> None:
    code = desk.town.codes[0]
    wanted = keyed(desk, copy_code=code, helped_by="staff", unsure=("safe_home",))
    receipt = saving.save_new(desk.store, wanted, desk.town.printed.id, by=desk.anna)
    [response] = desk.responses()
    assert (response.receipt, response.channel, response.method) == (receipt, "paper", "keyed in")
    assert (response.received_on, response.format, response.helped_by) == (DAY, "clear", "staff")
    assert answers(desk, response)["overall"] == "fairly_satisfied"
    [one] = desk.returns()
    assert (one.uid, one.state, one.response_id) == (response.uid, ReturnState.COMPLETE, response.id)
    assert one.decided_by == desk.anna.id
    assert corrections(desk) == {"safe_home": Decision(How.UNREADABLE).plain()}
    with desk.store.reading() as session:
        batch = session.get_one(Batch, one.batch_id)
        apart = session.scalar(select(func.count()).select_from(Base.metadata.tables["equality_answers"]))
    assert (batch.came_by, batch.received_on) == (CameBy.KEYED, DAY)
    assert apart == 3
    assert "paper keyed in" in desk.events()


def test_papers_of_one_campaign_and_day_are_one_batch(desk: Desk) -> None:
    for code in desk.town.codes[:2]:
        saving.save_new(desk.store, keyed(desk, copy_code=code), desk.town.printed.id, by=desk.anna)
    assert len({one.batch_id for one in desk.returns()}) == 1


@pytest.mark.parametrize("pages", [1, 2])
def test_a_copy_that_came_before_whole_or_in_part_is_not_counted_twice(desk: Desk, pages: int) -> None:
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [sure(number, code) for number in range(1, pages + 1)])
    with pytest.raises(AlreadyHereError) as caught:
        saving.save_new(desk.store, keyed(desk, copy_code=code), desk.town.printed.id, by=desk.anna)
    assert caught.value.uid == desk.returns()[0].uid
    assert len(desk.responses()) == pages - 1


def test_a_copy_that_is_scanned_after_it_was_keyed_in_waits_for_a_choice(desk: Desk) -> None:
    code = desk.town.codes[0]
    saving.save_new(desk.store, keyed(desk, copy_code=code), desk.town.printed.id, by=desk.anna)
    came(desk.store, a_batch(desk.store), [sure(1, code), sure(2, code)])
    assert [one.state for one in desk.returns()] == [ReturnState.COMPLETE, ReturnState.REPEATED]
    assert len(desk.responses()) == 1


def test_a_code_that_was_not_issued_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="No copy with the code XXXX-0009"):
        saving.save_new(desk.store, keyed(desk, copy_code="XXXX-0009"), desk.town.printed.id, by=desk.anna)
    assert not desk.returns()


def test_a_page_that_could_not_be_read_is_kept_with_what_was_keyed_in_from_it(desk: Desk) -> None:
    came(desk.store, a_batch(desk.store), [set_aside()])
    [page] = desk.pages()
    saving.save_new(desk.store, keyed(desk, page_id=page.id), desk.town.printed.id, by=desk.anna)
    [kept], [one] = desk.pages(), desk.returns()
    assert (kept.state, kept.return_id, kept.response_id) == (PageState.SETTLED, one.id, desk.responses()[0].id)
    assert one.batch_id == 1


def test_a_paper_of_which_no_printing_is_known_is_saved_all_the_same(desk: Desk) -> None:
    other = new_campaign(desk.store, "Events", "event")
    form = form_of("event")
    paper = Keyed(other.id, form, collect(form, {"rating": form.choices(form.question("rating"))[0].id}), DAY)
    receipt = saving.save_new(desk.store, paper, None, by=desk.anna)
    assert [response.receipt for response in desk.responses()] == [receipt]
    assert not desk.returns()


def test_a_copy_is_settled_as_it_was_keyed_in_and_every_doubt_with_it(desk: Desk) -> None:
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [page(1, code, {"repair_done": "no"}, faint={"overall": "very_satisfied"})])
    [one] = desk.returns()
    assert one.problem == Problem.MISSING_PAGES
    saving.save_copy(desk.store, one.uid, keyed(desk, copy_code=code), by=desk.anna)
    [done], [response] = desk.returns(), desk.responses()
    assert (done.state, done.problem, response.uid) == (ReturnState.COMPLETE, None, one.uid)
    assert answers(desk, response)["overall"] == "fairly_satisfied"
    assert corrections(desk) == {"overall": Decision(How.ANSWER, "fairly_satisfied").plain()}
    with desk.store.reading() as session:
        [doubt] = session.scalars(select(Doubt))
        machine = session.scalars(select(Correction.machine)).one()
    assert doubt.state == DoubtState.SETTLED
    assert machine == {"answer": None, "reason": doubt.reason}


def test_an_equality_page_is_kept_apart(desk: Desk) -> None:
    faint = page(TORN_OFF, None, {"cares_for": ("child",)}, faint={"age_band": "from_25_to_34"})
    came(desk.store, a_batch(desk.store), [faint])
    [one] = desk.returns()
    said: dict[str, object] = {"age_band": "from_25_to_34", "cares_for": ["child"]}
    assert saving.save_copy(desk.store, one.uid, keyed(desk, said), by=desk.anna) == ""
    assert not desk.responses()
    assert desk.returns()[0].state == ReturnState.COMPLETE
    with desk.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Base.metadata.tables["equality_answers"])) == 2


def test_what_was_keyed_in_is_not_saved_a_second_time_by_the_review(desk: Desk) -> None:
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [sure(1, code)])
    [one] = desk.returns()
    saving.save_copy(desk.store, one.uid, keyed(desk, copy_code=code), by=desk.anna)
    with desk.store.writing() as session:
        assert complete_if_ready(session, session.get_one(type(one), one.id))
    assert len(desk.responses()) == 1
