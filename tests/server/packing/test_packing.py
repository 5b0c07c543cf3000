"""What is packed is counted as the responses are at any moment, whatever changes them, on both databases."""

import random
from collections import Counter
from collections.abc import Callable
from itertools import product
from threading import Event

import numpy as np
import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from server.figures.columns import Block
from server.models.campaigns import Campaign
from server.models.households import Household
from server.models.packing import SEGMENT_RESPONSES, PackedColumn, PackedSegment
from server.models.responses import Answer, Response, ResponseState
from server.packing.alongside import packing
from server.packing.packing import pack_waiting
from server.people.erasing import erase
from server.queries.crossing import Side, answered_counts, cross_counts, option_counts, place_counts
from server.queries.packed import read_every_question
from server.queries.segments import last_segment, packed_segments, read_segment
from server.store import Store
from tests.server.reports.homes import SAVED, a_home, a_response, the_year

SAID: tuple[dict[str, str], ...] = (
    {"overall": "neither"},
    {"safe_home": "not_applicable", "repair_done": "yes"},
    {},
    {"repair_done": "no"},
)
TOPICS = ("repairs", "rent", None)


def filled(session: Session, chance: random.Random, segments: int = 3, each: int = 6) -> Campaign:
    """Put a few responses into each of some segments; the last one stays open."""
    campaign = the_year(session)
    homes = [a_home(session, number, area=f"Area {number % 2}", scheme=f"S{number % 3}") for number in range(8)]
    numbers = [
        segment * SEGMENT_RESPONSES + place
        for segment in range(segments)
        for place in chance.sample(range(1, SEGMENT_RESPONSES), each)
    ]
    for number in sorted(numbers):
        made = a_response(session, campaign, chance.choice([None, *homes]), chance.choice(SAID), id=number)
        several(session, made.id, chance)
    return campaign


def several(session: Session, number: int, chance: random.Random) -> None:
    """Answer a question with up to two topics, or in writing."""
    for place in range(chance.randrange(3)):
        session.add(Answer(response_id=number, question="topics", place=place, option=chance.choice(TOPICS)))
    session.flush()


def same(one: Block, other: Block) -> bool:
    names = {*one.coded, *other.coded}
    return (
        one.count == other.count
        and all(np.array_equal(one.numbers[name], other.numbers[name]) for name in other.numbers)
        and all(said(one, name) == said(other, name) for name in names)
    )


def said(block: Block, name: str) -> list[list[str]]:
    of = block.of(name)
    rows: list[list[str]] = [[of.names[code - 1]] if code else [] for code in of.codes]
    for row, code in zip(of.more_rows, of.more_codes, strict=True):
        rows[row].append(of.names[code - 1])
    return rows


def unpacked(session: Session) -> list[Block]:
    return [read_segment(session, segment) for segment in range(last_segment(session) + 1)]


def agrees(store: Store) -> None:
    """Check that what is counted is what the rows say, read one by one."""
    with store.reading() as session:
        found, parts = read_every_question(session), [block for block in unpacked(session) if block.count]
        assert found.count == sum(block.count for block in parts)
        start = 0
        for block in parts:
            rows = np.arange(start, start + block.count)
            own = Block(
                block.count,
                {name: numbers[rows] for name, numbers in found.numbers.items()},
                {name: column.taken(rows) for name, column in found.coded.items()},
            )
            assert same(own, block)
            start += block.count
        counts_agree(session)


def counts_agree(session: Session) -> None:
    """Check cross-tables and option counts against a count over the rows themselves."""
    campaign = session.scalars(select(Campaign.id)).one()
    stand = (Response.campaign_id == campaign, Response.state == ResponseState.COMPLETE)
    rows = session.scalars(select(Response).where(*stand)).all()
    profile = {home.id: home for home in session.scalars(select(Household))}

    def options(one: Response, question: str) -> list[str]:
        return [answer.option or "" for answer in one.answers if answer.question == question] or [""]

    crossed = Counter(pair for one in rows for pair in product(options(one, "topics"), options(one, "repair_done")))
    assert dict(_pairs(cross_counts(session, campaign, Side("topics"), Side("repair_done")))) == dict(crossed)
    places = Counter(
        (profile[one.household_id].area, profile[one.household_id].scheme, topic)
        if one.household_id
        else ("", "", topic)
        for one in rows
        for topic in options(one, "topics")
    )
    assert {key: n for *key_, n in place_counts(session, campaign, Side("topics")) for key in [tuple(key_)]} == places
    chosen = Counter((a.question, a.option) for one in rows for a in one.answers if a.option)
    found = option_counts(session, campaign)
    assert {(q, o): n for q, of in found.items() for o, n in of.items()} == dict(chosen)
    answered = Counter(question for one in rows for question in {a.question for a in one.answers})
    assert answered_counts(session, campaign) == dict(answered)


def _pairs(counts: tuple[tuple[str, str, int], ...]) -> list[tuple[tuple[str, str], int]]:
    return [((row, column), number) for row, column, number in counts]


def changes(session: Session, some: int) -> list[Callable[[], object]]:
    """Give the ways in which responses change, each for one of them."""
    of_it, it = Answer.response_id == some, Response.id == some
    values = {"response_id": some, "question": "later", "place": 0, "option": "new"}
    return [
        lambda: session.execute(update(Answer).where(of_it).values(option="yes")),
        lambda: session.execute(delete(Answer).where(of_it)),
        lambda: session.execute(update(Response).where(it).values(state=ResponseState.WITHDRAWN)),
        lambda: session.execute(update(Response).where(it).values(household_id=None, language="pl")),
        lambda: session.execute(delete(Response).where(it)),
        lambda: session.merge(Answer(response_id=some, question="comment", place=0, written="words")),
        lambda: session.execute(update(Household).values(area="Elsewhere")),
        lambda: session.execute(text("update responses set helped_by = 'a friend' where id > :n"), {"n": some}),
        lambda: session.execute(insert(Answer).values(**values)),
    ]


def change(session: Session, chance: random.Random) -> None:
    """Change something."""
    some = chance.choice(session.scalars(select(Response.id)).all())
    chance.choice(changes(session, some))()


@pytest.mark.parametrize("seed", range(2))
def test_whatever_changes_packed_and_unpacked_are_counted_the_same(any_store: Store, seed: int) -> None:
    chance = random.Random(seed)
    with any_store.writing() as session:
        filled(session, chance)
    for _ in range(6):
        pack_waiting(any_store)
        with any_store.reading() as session:
            assert packed_segments(session) == {0, 1}
        agrees(any_store)
        with any_store.writing() as session:
            session.execute(delete(Answer).where(Answer.question == "later"))
            change(session, chance)
        agrees(any_store)


def test_a_change_takes_away_its_own_segment_only(any_store: Store) -> None:
    with any_store.writing() as session:
        campaign = the_year(session)
        for number in (SEGMENT_RESPONSES - 1, SEGMENT_RESPONSES, 2 * SEGMENT_RESPONSES - 1, 2 * SEGMENT_RESPONSES):
            a_response(session, campaign, None, id=number)
    for changed, left in ((SEGMENT_RESPONSES - 1, {1}), (SEGMENT_RESPONSES, {0}), (2 * SEGMENT_RESPONSES, {0, 1})):
        for statement in ("update responses set id = id where id = :n", "delete from answers where response_id = :n"):
            pack_waiting(any_store)
            with any_store.writing() as session:
                session.execute(text(statement), {"n": changed})
                assert packed_segments(session) == left


def test_the_triggers_are_there_for_every_way_to_change_a_row(any_store: Store) -> None:
    """SQLite drops a table's triggers when a migration makes the table anew: a later one must put them back."""
    is_sqlite = any_store.engine.dialect.name == "sqlite"
    there = "select name from sqlite_master where type = 'trigger'" if is_sqlite else "select tgname from pg_trigger"
    with any_store.reading() as session:
        names = {name for name in session.scalars(text(there)) if name.startswith("unpack_")}
    events = ("insert", "update", "delete") if is_sqlite else ("insert_new", "update_old", "update_new", "delete_old")
    assert names == {f"unpack_{table}_{event}" for table in ("responses", "answers") for event in events}


def test_a_change_that_is_not_kept_takes_nothing_away(any_store: Store) -> None:
    with any_store.writing() as session:
        filled(session, random.Random(1))
    pack_waiting(any_store)
    with any_store.writing() as session:
        session.execute(update(Response).values(language="pl"))
        assert packed_segments(session) == set()
        session.rollback()
    with any_store.reading() as session:
        assert packed_segments(session) == {0, 1}
    agrees(any_store)


def test_a_response_that_comes_into_a_packed_segment_is_counted(any_store: Store) -> None:
    with any_store.writing() as session:
        campaign = filled(session, random.Random(2))
    pack_waiting(any_store)
    with any_store.writing() as session:
        free = min(set(range(1, SEGMENT_RESPONSES)) - set(session.scalars(select(Response.id))))
        a_response(session, campaign, None, {"overall": "neither"}, id=free, saved_at=SAVED)
    with any_store.reading() as session:
        assert packed_segments(session) == {1}
    agrees(any_store)


def test_nothing_is_packed_twice_and_the_open_segment_never(any_store: Store) -> None:
    with any_store.writing() as session:
        filled(session, random.Random(3), segments=2)
    assert (pack_waiting(any_store), pack_waiting(any_store)) == (1, 0)
    with any_store.reading() as session:
        assert packed_segments(session) == {0}
        assert session.scalar(select(PackedSegment.responses)) == 6


def test_a_store_without_responses_has_nothing_to_pack(any_store: Store) -> None:
    assert pack_waiting(any_store) == 0
    with any_store.reading() as session:
        assert read_every_question(session).count == 0


def test_what_a_segment_loses_is_gone_from_what_is_packed(any_store: Store) -> None:
    with any_store.writing() as session:
        filled(session, random.Random(4))
    pack_waiting(any_store)
    with any_store.writing() as session:
        session.execute(delete(PackedSegment).where(PackedSegment.segment == 0))
        assert set(session.scalars(select(PackedColumn.segment))) == {1}


def test_a_writer_who_is_not_done_is_waited_for_another_time(any_store: Store) -> None:
    if any_store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    with any_store.writing() as session:
        filled(session, random.Random(5), segments=2)
    with any_store.writing() as session:
        session.execute(update(Response).values(language="pl"))
        assert pack_waiting(any_store) == 0
    assert pack_waiting(any_store) == 1
    agrees(any_store)


def test_the_thread_beside_the_site_packs_what_waits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.packing.alongside.LOOK_SECONDS", 0.01)
    done = Event()

    def packs(*_: object) -> int:
        done.set()
        return 0

    monkeypatch.setattr("server.packing.alongside.pack_waiting", packs)
    with packing(store) as thread:
        assert done.wait(5)
    thread.join(5)
    assert not thread.is_alive()


def test_the_thread_outlives_a_trouble(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.packing.alongside.LOOK_SECONDS", 0.01)
    again, times = Event(), Counter[str]()

    def fails(*_: object) -> int:
        times["called"] += 1
        if times["called"] > 1:
            again.set()
        raise OSError("away")

    monkeypatch.setattr("server.packing.alongside.pack_waiting", fails)
    with packing(store):
        assert again.wait(5)


def test_what_is_packed_holds_numbers_and_options_only(any_store: Store) -> None:
    with any_store.writing() as session:
        filled(session, random.Random(6), segments=2)
        number = session.scalar(select(func.min(Response.id)))
        session.add(Answer(response_id=number, question="comment", place=0, written="Ada Żuk lives here"))
    pack_waiting(any_store)
    with any_store.reading() as session:
        contents = b"".join(session.scalars(select(PackedColumn.content)))
    assert "Żuk".encode() not in contents
    assert b"lives" not in contents


def test_an_erasure_takes_away_what_is_packed_of_a_household_and_all_is_counted_as_before(any_store: Store) -> None:
    with any_store.writing() as session:
        filled(session, random.Random(4))
        home = session.scalars(select(Response.household_id).where(Response.household_id.is_not(None)).limit(1)).one()
        theirs = set(session.scalars(select(Response.id).where(Response.household_id == home)))
    pack_waiting(any_store)
    erase(any_store, f"household-{home}", by=None)
    with any_store.reading() as session:
        assert packed_segments(session).isdisjoint(number // SEGMENT_RESPONSES for number in theirs)
    agrees(any_store)
    pack_waiting(any_store)
    agrees(any_store)
