"""Saving a response: once for the same, both for a clash, and contact details and equality answers apart."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from forms.answers import collect
from forms.definition import Form
from forms.kinds import Question
from server.errors import NotFoundError, RefusedError
from server.models import Base
from server.models.campaigns import Campaign
from server.models.copies import Copy
from server.models.equality import EqualityAnswer
from server.models.officers import Role
from server.models.responses import Answer, ContactDetails, Response, ResponseState
from server.responses import apart, saving, writing
from server.responses.rows import prepared
from server.responses.saving import Receipt, save_response
from server.store import Store
from tests.forms import every_kind
from tests.server.conftest import Browser
from tests.server.filling import SAID, incoming, new_campaign, new_copy

EQUALITY = ("age_band", "cares_for")


def count(store: Store, table: type[Base]) -> int:
    with store.reading() as session:
        return len(session.scalars(select(table)).all())


def all_words(store: Store, *, but: tuple[str, ...] = ()) -> str:
    """Give everything that any table but those named holds, as one text."""
    with store.reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in but]
        return "\n".join(repr(tuple(row)) for table in tables for row in session.execute(select(table)))


# The same, or another.


def test_the_same_response_sent_again_gets_the_same_receipt_and_is_kept_once(any_store: Store) -> None:
    sent = incoming(new_campaign(any_store))
    first, again = save_response(any_store, sent), save_response(any_store, sent)
    assert first.is_new
    assert again == replace(first, is_new=False)
    assert count(any_store, Response) == 1
    with any_store.reading() as session:
        assert len(session.scalars(select(EqualityAnswer)).all()) == 3


def test_another_content_under_the_same_id_is_kept_beside_the_first_and_flagged(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    first = save_response(any_store, incoming(campaign, uid="one"))
    other = save_response(any_store, incoming(campaign, {**SAID, "overall": "very_dissatisfied"}, uid="one"))
    assert other.is_clash
    assert other.number != first.number
    with any_store.reading() as session:
        states = {row.id: row.state for row in session.scalars(select(Response))}
        assert states == {first.response_id: ResponseState.COMPLETE, other.response_id: ResponseState.CLASH}
        chosen = select(Answer.response_id, Answer.option).where(Answer.question == "overall")
        assert {row.response_id: row.option for row in session.execute(chosen)} == {
            first.response_id: "fairly_satisfied",
            other.response_id: "very_dissatisfied",
        }


def test_both_of_a_clash_sent_again_keep_their_receipts(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    one, other = incoming(campaign, uid="one"), incoming(campaign, {"overall": "neither"}, uid="one")
    receipts = [save_response(any_store, sent) for sent in (one, other)]
    assert [save_response(any_store, sent).number for sent in (one, other)] == [each.number for each in receipts]
    assert save_response(any_store, other).is_clash
    assert not save_response(any_store, one).is_clash


def test_equality_answers_of_a_clash_are_not_counted_twice(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    for comment in ("First.", "Second."):
        save_response(any_store, incoming(campaign, {**SAID, "comment": comment}, uid="one"))
    assert count(any_store, Response) == 2
    assert count(any_store, EqualityAnswer) == 3


def test_clashes_are_counted_on_the_home_page(store: Store, as_role: Callable[[Role], Browser]) -> None:
    campaign = new_campaign(store)
    browser = as_role(Role.OFFICER)
    assert "clash" not in browser.get("/").get_data(as_text=True)
    for comment in ("First.", "Second."):
        save_response(store, incoming(campaign, {"comment": comment}, uid="one"))
    assert "1 clash" in " ".join(browser.get("/").get_data(as_text=True).split())


def test_two_people_who_say_the_same_are_two_responses(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    receipts = {save_response(any_store, incoming(campaign)).number for _ in range(3)}
    assert len(receipts) == count(any_store, Response) == 3


def test_a_receipt_that_was_given_already_is_not_given_again(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["3333 3333", "3333 3333", "4444 4444"])
    monkeypatch.setattr(writing, "new_copy_codes", lambda _: [next(drawn)])
    campaign = new_campaign(any_store)
    numbers = [save_response(any_store, incoming(campaign)).number for _ in range(2)]
    assert numbers == ["R3333 3333", "R4444 4444"]


@pytest.mark.parametrize("alike", [True, False])
def test_many_at_once_under_one_id_give_one_row_for_each_content(any_store: Store, alike: bool) -> None:
    campaign = new_campaign(any_store)
    threads = 8
    start = Barrier(threads)

    def send(number: int) -> Receipt:
        sent = incoming(campaign, {**SAID, "comment": "Same." if alike else f"Number {number}."}, uid="one")
        start.wait()
        return save_response(any_store, sent)

    with ThreadPoolExecutor(threads) as pool:
        receipts = list(pool.map(send, range(threads)))
    wanted = 1 if alike else threads
    assert len({receipt.number for receipt in receipts}) == count(any_store, Response) == wanted
    assert sum(receipt.is_new for receipt in receipts) == wanted
    assert sum(receipt.is_clash for receipt in receipts) == wanted - 1
    assert count(any_store, EqualityAnswer) == 3


def test_one_that_is_refused_among_others_leaves_them_alone(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    group = [
        prepared(incoming(campaign, uid="one")),
        prepared(incoming(campaign, uid="two", copy_code="K7PM 4TXE")),
        prepared(incoming(campaign, {"comment": "Other."}, uid="one")),
        prepared(incoming(campaign, uid="three")),
        prepared(incoming(campaign, uid="one")),
    ]
    with any_store.writing() as session:
        first, refused, clash, third, again = saving._save(session, group)
    assert isinstance(refused, NotFoundError)
    assert isinstance(first, Receipt)
    assert again == replace(first, is_new=False)
    assert isinstance(clash, Receipt)
    assert clash.is_clash
    assert isinstance(third, Receipt)
    assert third.is_new
    assert count(any_store, Response) == 3
    assert count(any_store, EqualityAnswer) == 6


# What is refused.


def test_a_copy_code_that_was_not_issued_is_refused_and_nothing_is_kept(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    with pytest.raises(NotFoundError, match="K7PM 4TXE"):
        save_response(any_store, incoming(campaign, copy_code="K7PM 4TXE"))
    assert [count(any_store, table) for table in (Response, Answer, ContactDetails, EqualityAnswer)] == [0] * 4


def test_another_campaigns_copy_is_refused_and_nothing_is_kept(any_store: Store) -> None:
    code = new_copy(any_store, new_campaign(any_store, "Spring"))
    with pytest.raises(RefusedError, match="another campaign"):
        save_response(any_store, incoming(new_campaign(any_store), copy_code=code))
    assert [count(any_store, table) for table in (Response, Answer, ContactDetails, EqualityAnswer)] == [0] * 4


def test_a_campaign_that_is_not_there_is_refused(any_store: Store) -> None:
    sent = incoming(new_campaign(any_store))
    with pytest.raises(NotFoundError, match="no campaign 99"):
        save_response(any_store, replace(sent, origin=replace(sent.origin, campaign_id=99)))


def test_a_copys_response_names_the_copy(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    code = new_copy(any_store, campaign)
    receipt = save_response(any_store, incoming(campaign, copy_code=code))
    with any_store.reading() as session:
        copy_id = session.scalar(select(Copy.id).where(Copy.code == code))
        assert session.get_one(Response, receipt.response_id).copy_id == copy_id


# What is kept where.


def test_several_choices_are_rows_with_their_places(any_store: Store) -> None:
    form = every_kind()
    several = next(question for question in form.questions if question.kind == "several_choices")
    chosen = [choice.id for choice in several.own_choices()][:2]
    save_response(any_store, incoming(new_campaign(any_store, form=form), {several.id: chosen}, form=form))
    with any_store.reading() as session:
        rows = session.scalars(select(Answer).order_by(Answer.place)).all()
        assert [(row.question, row.place, row.option) for row in rows] == [
            (several.id, 0, chosen[0]),
            (several.id, 1, chosen[1]),
        ]


def test_contact_details_are_in_their_own_table_and_nowhere_else(any_store: Store) -> None:
    save_response(any_store, incoming(new_campaign(any_store)))
    elsewhere = all_words(any_store, but=("contact_details",))
    assert "Żuk" not in elsewhere
    assert "01664 502502" not in elsewhere
    with any_store.reading() as session:
        kept = session.scalars(select(ContactDetails)).one()
        assert kept.details == {"name": "Ada Żuk", "phone": "01664 502502"}
        assert kept.name_folded == "ada żuk"


def test_a_name_that_grows_when_it_is_folded_is_kept(any_store: Store) -> None:
    name = "\u0390" * 80  # each becomes three characters
    said = {"contact_me": "yes", "contact": {"name": name}}
    save_response(any_store, incoming(new_campaign(any_store), said))
    with any_store.reading() as session:
        assert session.scalars(select(ContactDetails)).one().details == {"name": name}


def test_equality_answers_are_in_their_own_table_and_nothing_joins_them(any_store: Store) -> None:
    save_response(any_store, incoming(new_campaign(any_store)))
    elsewhere = all_words(any_store, but=("equality_answers", "form_versions"))
    assert not any(word in elsewhere for word in (*EQUALITY, "from_25_to_34", "older_person"))
    with any_store.reading() as session:
        rows = session.scalars(select(EqualityAnswer)).all()
        assert {(row.survey_round, row.question, row.option) for row in rows} == {
            ("2026-27", "age_band", "from_25_to_34"),
            ("2026-27", "cares_for", "child"),
            ("2026-27", "cares_for", "older_person"),
        }
        assert not any(row.id in elsewhere for row in rows)
    table = Base.metadata.tables["equality_answers"]
    assert set(table.columns.keys()) == {"id", "survey_round", "question", "option"}
    assert not table.foreign_keys


def test_a_response_that_differs_in_its_equality_answers_only_has_the_same_hash(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    hashes = {
        incoming(campaign, {**SAID, "age_band": age}, uid="one").content_sha256()
        for age in ("over_84", "from_25_to_34")
    }
    assert len(hashes) == 1


def fill_one_by_one(store: Store, many: int) -> None:
    """Save responses so that the ids of the equality answers' ages tell which came when."""
    campaign = new_campaign(store)
    ages = ["from_25_to_34", "over_84"]
    for number in range(many):
        save_response(store, incoming(campaign, {"age_band": ages[number * 2 // many], "sex": "female"}))


def as_they_lie(session: Session) -> list[str]:
    """Give the ages in the order in which the database itself keeps them, unasked."""
    hidden = "id" if session.get_bind().dialect.name == "sqlite" else "ctid"
    found = session.execute(text(f"select option from equality_answers where question = 'age_band' order by {hidden}"))  # noqa: S608
    return [row.option for row in found]


def test_the_order_in_which_equality_answers_lie_is_not_that_of_their_coming(any_store: Store) -> None:
    fill_one_by_one(any_store, 40)
    with any_store.reading() as session:
        assert sorted(lying := as_they_lie(session)) == ["from_25_to_34"] * 20 + ["over_84"] * 20
        assert lying[:20].count("from_25_to_34") < 18


def test_sqlite_keeps_no_row_number_of_equality_answers(store: Store) -> None:
    with store.reading() as session:
        made = session.scalar(text("select sql from sqlite_master where name = 'equality_answers'"))
    assert "WITHOUT ROWID" in str(made).upper()


def test_the_transaction_of_a_response_tells_not_which_equality_answers_are_its_own(any_store: Store) -> None:
    if any_store.engine.dialect.name == "sqlite":
        return  # it keeps no transaction's number
    fill_one_by_one(any_store, 40)
    with any_store.reading() as session:
        beside = text(
            "select count(*) from equality_answers e join responses r on e.xmin = r.xmin group by r.id order by r.id"
        )
        assert session.execute(beside).scalars().all()[-1] >= 2 + 45


def test_mixing_leaves_each_answer_in_its_survey_round_and_loses_none(any_store: Store) -> None:
    with any_store.writing() as session:
        apart.save_apart(session, "other", [apart.Apart("sex", "male")] * 5)
    fill_one_by_one(any_store, 60)
    with any_store.reading() as session:
        rounds = [row.survey_round for row in session.scalars(select(EqualityAnswer))]
    assert (rounds.count("other"), rounds.count("2026-27")) == (5, 120)


# Read back.


def told(question: Question, form: Form) -> st.SearchStrategy[object]:
    """Give answers to a question as a channel may deliver them."""
    ids = [choice.id for choice in form.choices(question)]
    match question.kind:
        case "several_choices":
            return st.lists(st.sampled_from(ids), unique=True)
        case "number":
            return st.integers(0, 99).map(str)
        case "date":
            return st.dates(date(2020, 1, 1), date(2026, 11, 25)).map(str)
        case "consent":
            return st.just("given")
        case "code":
            return st.sampled_from(["K7PM 4TXE", "LE13 1GH", "le131gh", "12345678"])
        case "contact":
            return st.fixed_dictionaries({}, optional={"name": st.text(max_size=80), "phone": st.just("01664 502502")})
        case _ if ids:
            return st.sampled_from(ids)
        case _:
            return st.text(max_size=40)


def responses(form: Form) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional={question.id: told(question, form) for question in form.questions})


def read_back(session: Session, receipt: Receipt, form: Form) -> Mapping[str, object]:
    """Give a response's answers as the rows say them, parsed as any channel's are."""
    raw: dict[str, Any] = {}
    by_place = select(Answer).where(Answer.response_id == receipt.response_id).order_by(Answer.place)
    for row in session.scalars(by_place):
        raw.setdefault(row.question, []).append(row.option if row.option is not None else row.written)
    for contact in session.scalars(select(ContactDetails).where(ContactDetails.response_id == receipt.response_id)):
        raw[contact.question] = contact.details
    answers = collect(form, raw)
    assert not answers.problems
    return answers.values


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_what_is_saved_is_read_back_equal(any_store: Store, data: st.DataObject) -> None:
    form = every_kind()
    with any_store.reading() as session:
        campaign = session.scalar(select(Campaign))
    campaign = campaign or new_campaign(any_store, form=form)
    delivered = collect(form, data.draw(responses(form)))
    sent = replace(incoming(campaign, {}, form=form), answers=replace(delivered, problems=()))
    receipt = save_response(any_store, sent)
    wanted = {key: value for key, value in delivered.values.items() if not sent.is_equality(key)}
    with any_store.reading() as session:
        assert read_back(session, receipt, form) == wanted
