"""A copy that cannot count as it came counts once an officer has settled what is in its way."""

import pytest
from sqlalchemy import select

from server.aside import copies
from server.aside.reasons import Rejection
from server.errors import RefusedError
from server.models.intake import PageState, ReturnState
from server.models.review import Doubt
from server.queries.aside import NO_DATE, Group, counted
from server.returns.problems import Problem
from tests.server.aside.conftest import Desk
from tests.server.filling import new_campaign
from tests.server.pages_made import page, sure
from tests.server.returns_made import a_batch, a_town, came


def needing(desk: Desk, group: Group = Group.COPIES) -> int:
    with desk.store.reading() as session:
        return counted(session)[group]


def test_a_copy_counts_without_the_pages_that_will_not_come(desk: Desk) -> None:
    came(desk.store, a_batch(desk.store), [sure(1, desk.town.codes[0])])
    [one] = desk.returns()
    assert (one.problem, one.pages_missing, needing(desk)) == (Problem.MISSING_PAGES, ["2"], 1)
    assert copies.give_up_pages(desk.store, one.uid, by=desk.anna)
    assert [one.state for one in desk.returns()] == [ReturnState.COMPLETE]
    assert len(desk.responses()) == 1
    assert needing(desk) == 0
    assert "missing pages given up" in desk.events()


def test_paper_without_a_campaign_counts_once_somebody_has_said_which(desk: Desk) -> None:
    other = new_campaign(desk.store, "Winter")
    came(desk.store, a_batch(desk.store), [sure(1), sure(2)])
    [one] = desk.returns()
    assert one.problem == Problem.NO_CAMPAIGN
    assert copies.say_campaign(desk.store, one.uid, other.id, by=desk.anna)
    assert [response.campaign_id for response in desk.responses()] == [other.id]


def test_a_campaign_that_asks_another_form_is_refused(desk: Desk) -> None:
    new_campaign(desk.store, "Winter")
    other = new_campaign(desk.store, "Events", "event")
    came(desk.store, a_batch(desk.store), [sure(1), sure(2)])
    [one] = desk.returns()
    with pytest.raises(RefusedError, match="another form"):
        copies.say_campaign(desk.store, one.uid, other.id, by=desk.anna)


def test_a_copy_with_a_code_that_was_not_issued_counts_without_it(desk: Desk) -> None:
    came(desk.store, a_batch(desk.store), [sure(1, "XXXX-0009"), sure(2, "XXXX-0009")])
    [one] = desk.returns()
    assert one.problem == Problem.UNKNOWN_COPY
    assert copies.say_campaign(desk.store, one.uid, desk.town.campaign.id, by=desk.anna)
    assert [response.copy_id for response in desk.responses()] == [None]


def test_a_page_of_another_printing_counts_without_the_code_that_it_bears(desk: Desk) -> None:
    other = a_town(desk.store, name="Second", printing="TSM00002")
    code = desk.town.codes[0]
    strange = [sure(number, code, printing="TSM00002") for number in (1, 2)]
    came(desk.store, a_batch(desk.store), strange)
    [one] = desk.returns()
    assert one.problem == Problem.FOREIGN_PAGE
    assert copies.say_campaign(desk.store, one.uid, other.campaign.id, by=desk.anna)
    assert [(response.campaign_id, response.copy_id) for response in desk.responses()] == [(other.campaign.id, None)]


def test_a_rejected_copy_asks_nothing_of_anybody_and_can_be_put_back(desk: Desk) -> None:
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [page(1, code, {"repair_done": "no"}, faint={"overall": "very_satisfied"})])
    [one] = desk.returns()
    copies.reject(desk.store, one.uid, Rejection.WISHED, by=desk.anna)
    with desk.store.reading() as session:
        assert not session.scalars(select(Doubt)).all()
    [rejected] = desk.returns()
    assert (rejected.state, rejected.decided_because) == (ReturnState.REJECTED, Rejection.WISHED)
    assert [page.state for page in desk.pages()] == [PageState.SETTLED]
    copies.put_back(desk.store, one.uid, by=desk.anna)
    [back] = desk.returns()
    assert (back.state, back.problem) == (ReturnState.READING, Problem.MISSING_PAGES)
    assert [page.state for page in desk.pages()] == [PageState.READ]
    with desk.store.reading() as session:
        assert [doubt.question for doubt in session.scalars(select(Doubt))] == ["overall"]


def test_a_day_that_is_asked_for_a_whole_batch_is_not_asked_for_each_copy(desk: Desk) -> None:
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store, received_on=None), [sure(1, code), sure(2, code)])
    assert desk.returns()[0].problem == NO_DATE
    assert needing(desk) == 0
