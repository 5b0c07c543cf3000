"""Whatever is saved is looked at, by whichever way it came; and what officers did about an alert stays."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, event

from server.alerting.noticing import wish_to_complain
from server.keying import saving as keying
from server.models.alerts import Alert, AlertKind
from server.models.campaigns import Channel
from server.models.responses import Response
from server.responses.saving import save_in, save_response
from server.store import Store
from tests.server.alerts.made import GAS, alerts, said, saved
from tests.server.filling import SAID, incoming, new_campaign
from tests.server.keying.test_saving import keyed
from tests.server.review import conftest as review
from tests.server.review.conftest import BLANK, a_desk, printings_known

__all__ = ["printings_known"]
pytestmark = pytest.mark.usefixtures("printings_known")


def told(store: Store) -> list[tuple[str, str | None, list[str]]]:
    return [(one.kind, one.question, one.dangers) for one in alerts(store)]


GAS_TOLD = (AlertKind.DANGER, "comment", ["gas"])


@pytest.mark.parametrize("channel", list(Channel))
def test_a_danger_stands_there_with_its_time_the_moment_it_is_saved(any_store: Store, channel: Channel) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    receipt = saved(any_store, channel=channel)
    (one,) = alerts(any_store)
    assert (one.response_id, one.kind, one.question, one.dangers) == (receipt.response_id, *GAS_TOLD)
    assert before <= one.came_at <= datetime.now(UTC)
    assert (one.acknowledged_at, one.settled_at, one.outcome, one.version) == (None, None, "", 1)


def test_what_speaks_of_no_danger_makes_no_alert(store: Store) -> None:
    saved(store, "There is no damp. The lift is slow.")
    assert told(store) == []


def test_an_alert_and_its_response_are_kept_together_or_not_at_all(any_store: Store) -> None:
    campaign = new_campaign(any_store)

    def fail_after_saving() -> None:
        with any_store.writing() as session:
            save_in(session, said(campaign, GAS))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_saving()
    assert told(any_store) == []


def test_the_same_response_saved_again_makes_no_second_alert(any_store: Store) -> None:
    again = said(new_campaign(any_store), GAS)
    for _ in range(2):
        save_response(any_store, again)
    assert told(any_store) == [GAS_TOLD]


def test_a_clash_is_looked_at_too(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    first = said(campaign, "Fine.")
    save_response(any_store, first)
    assert save_response(any_store, said(campaign, "Mould!", uid=first.uid)).is_clash
    assert told(any_store) == [(AlertKind.DANGER, "comment", ["damp"])]


def test_contact_details_are_not_looked_at(store: Store) -> None:
    contact = {"name": "Fire Leak", "phone": "01664 502502"}
    save_response(store, incoming(new_campaign(store), {**SAID, "contact": contact}))
    assert told(store) == []


def test_a_response_that_is_removed_takes_its_alerts_with_it(any_store: Store) -> None:
    receipt = saved(any_store)
    with any_store.writing() as session:
        session.execute(delete(Response).where(Response.id == receipt.response_id))
    assert told(any_store) == []


def test_a_wish_to_complain_is_one_however_often_it_is_said(any_store: Store) -> None:
    receipt = saved(any_store, "Fine.")
    for _ in range(2):
        with any_store.writing() as session:
            wish_to_complain(session, receipt.response_id)
    assert told(any_store) == [(AlertKind.COMPLAINT, None, [])]


# Paper: what an officer typed is saved, and looked at, as everything else.


def a_comment_typed(store: Store, comment: str = GAS) -> tuple[review.Desk, int]:
    desk = a_desk(store)
    desk.decide(desk.doubt("overall"), review.said("very_satisfied"), desk.anna)
    last = desk.decide(desk.doubt("comment"), review.said(comment), desk.anna)
    return desk, last.correction_id


def test_a_comment_typed_from_paper_is_looked_at(any_store: Store) -> None:
    a_comment_typed(any_store)
    assert told(any_store) == [GAS_TOLD]


def test_a_paper_that_is_keyed_in_is_looked_at(store: Store) -> None:
    desk = a_desk(store)
    paper = keyed(desk, {**SAID, "comment": GAS}, copy_code=desk.town.codes[1])  # type: ignore[arg-type]
    keying.save_new(store, paper, desk.town.printed.id, by=desk.anna)
    assert told(store) == [GAS_TOLD]


def test_a_corrected_comment_is_looked_at_anew(any_store: Store) -> None:
    desk, seen = a_comment_typed(any_store, "All is well.")
    assert told(any_store) == []
    desk.overrule(seen, review.said("All is hell, the walls are mouldy."), desk.ben)
    assert told(any_store) == [(AlertKind.DANGER, "comment", ["damp"])]


def settle_all(store: Store, at: datetime) -> None:
    with store.writing() as session:
        for one in session.query(Alert):
            one.settled_at, one.outcome, one.came_at = at, "dealt_with", at


def test_what_was_done_about_an_alert_stays_when_another_answer_is_corrected(any_store: Store) -> None:
    desk, _ = a_comment_typed(any_store)
    at = datetime(2026, 11, 25, 9, tzinfo=UTC)
    settle_all(any_store, at)
    (before,) = alerts(any_store)
    overall = next(one.id for one in desk.corrections() if one.question == "overall")
    desk.overrule(overall, review.said("neither"), desk.ben)
    (after,) = alerts(any_store)
    assert (after.uid, after.settled_at, after.outcome, after.came_at) == (before.uid, at, "dealt_with", at)
    assert after.response_id != before.response_id


def test_a_correction_that_tells_of_another_danger_makes_it_wait_again(any_store: Store) -> None:
    desk, seen = a_comment_typed(any_store)
    settle_all(any_store, datetime(2026, 11, 25, 9, tzinfo=UTC))
    desk.overrule(seen, review.said(f"{GAS} And sparks."), desk.ben)
    (after,) = alerts(any_store)
    assert (after.settled_at, after.dangers) == (None, ["gas", "electrics"])


def test_a_danger_that_was_misread_waits_until_an_officer_says_so(any_store: Store) -> None:
    desk, seen = a_comment_typed(any_store)
    desk.overrule(seen, BLANK, desk.ben)
    assert told(any_store) == [GAS_TOLD]


def test_a_response_without_a_danger_costs_no_statement_more(store: Store) -> None:
    campaign = new_campaign(store)
    seen: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    save_response(store, said(campaign, "Fine."))
    assert seen
    assert not [one for one in seen if "alerts" in one]
