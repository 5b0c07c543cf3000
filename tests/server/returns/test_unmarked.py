"""Paper without marks: which pages are one return is told by their order, or not at all."""

from collections.abc import Collection
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from scanning.readings import PageReading, Refusal, SetAside
from server.models.intake import Batch, Page, PageState, ReceivedFile, Return, ReturnState
from server.models.review import Doubt
from server.queries.theirs import UNMARKED
from server.returns.assembling import assemble
from server.returns.following import numbered_name
from server.returns.known import printings
from server.returns.pages import READER, keep_page
from server.store import Store
from tests.server import returns_made
from tests.server.returns_made import Town, a_batch, a_town, came, page, result, set_aside, sure

THEIRS = "THE1RS01"


def their_town(store: Store, pages: int = 2, to_fill: Collection[int] = (1, 2)) -> Town:
    """Put a campaign into a store whose form is somebody else's, on paper of theirs without marks."""
    town = a_town(store, 0, name="Theirs", printing=THEIRS)
    with store.writing() as session:
        row = session.merge(town.printed)
        row.edition, row.pages = UNMARKED, pages
    path = store.files.path(town.printed.pdf_sha256)
    known = returns_made._printed[path]
    returns_made._printed[path] = replace(known, pages=pages, to_fill=frozenset(to_fill), torn_off=frozenset())
    return town


@pytest.fixture
def batch(any_store: Store) -> Batch:
    return a_batch(any_store, campaign_id=their_town(any_store).campaign.id)


def first() -> PageReading:
    return sure(1, printing=THEIRS)


def second() -> PageReading:
    return sure(2, printing=THEIRS)


Standing = tuple[list[int | None], str, list[str]]


def standing(store: Store) -> list[Standing]:
    """Give each return's pages, its state and the pages that it lacks."""
    with store.reading() as session:
        rows = session.scalars(select(Return).order_by(Return.id)).all()
        return [([one.form_page for one in row.pages], str(row.state), row.pages_missing) for row in rows]


WHOLE: Standing = ([1, 2], "complete", [])
ONLY_FIRST: Standing = ([1], "reading", ["2"])
ONLY_SECOND: Standing = ([2], "reading", ["1"])


def test_pages_that_follow_each_other_are_a_copy_without_a_code(any_store: Store, batch: Batch) -> None:
    (one,) = came(any_store, batch, [first(), second()])
    assert standing(any_store) == [WHOLE]
    assert (one.campaign_id, one.copy_id) == (batch.campaign_id, None)


def test_a_page_that_is_there_already_begins_another_return_and_what_lacks_is_named(
    any_store: Store, batch: Batch
) -> None:
    came(any_store, batch, [first(), second(), set_aside(Refusal.BLANK_PAGE), first(), first(), second()])
    assert standing(any_store) == [WHOLE, ONLY_FIRST, WHOLE]


@pytest.mark.parametrize("between", [set_aside(), sure(1)])
def test_what_is_not_read_between_two_pages_leaves_open_whose_they_are(
    any_store: Store, batch: Batch, between: PageReading | SetAside
) -> None:
    a_town(any_store)
    came(any_store, batch, [first(), between, second()])
    found = standing(any_store)
    assert WHOLE not in found
    assert (found.count(ONLY_SECOND), ONLY_FIRST in found) == (1, True)


def test_pages_in_the_wrong_order_are_nobodys_guess(any_store: Store, batch: Batch) -> None:
    came(any_store, batch, [second(), first()])
    assert standing(any_store) == [ONLY_SECOND, ONLY_FIRST]


def test_a_page_with_nothing_to_fill_in_may_come_or_not(any_store: Store) -> None:
    batch = a_batch(any_store, campaign_id=their_town(any_store, pages=3).campaign.id)
    last = replace(sure(2, printing=THEIRS), page=3, marks=(), writings=(), answers={}, doubts=())
    came(any_store, batch, [first(), second(), last, first(), second(), first()])
    assert standing(any_store) == [([1, 2, 3], "complete", []), WHOLE, ONLY_FIRST]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_files_that_a_scanner_numbered_go_on_in_each_other(
    any_store: Store, batch: Batch, order: tuple[int, ...]
) -> None:
    for number in order:
        came(any_store, batch, [sure(number, printing=THEIRS)], name=f"scan 0{number + 8:02}.jpg")
    assert standing(any_store) == [WHOLE]


def test_a_page_that_comes_last_joins_what_lay_on_both_sides_of_it(any_store: Store) -> None:
    batch = a_batch(any_store, campaign_id=their_town(any_store, 3, (1, 2, 3)).campaign.id)
    doubtful = replace(page(2, marks={}, faint={"contact_me": "yes"}, printing=THEIRS), page=3)
    between = replace(second(), marks=(), writings=(), answers={}, doubts=())
    for number, read in ((1, first()), (3, doubtful)):
        came(any_store, batch, [read], name=f"p{number}.tif")
    assert standing(any_store) == [([1], "reading", ["2", "3"]), ([3], "reading", ["1", "2"])]
    with any_store.reading() as session:
        before = session.execute(select(Doubt.id, Doubt.question)).all()
    came(any_store, batch, [between], name="p2.tif")
    assert standing(any_store) == [([1, 2, 3], "reading", [])]
    with any_store.reading() as session:
        assert session.execute(select(Doubt.id, Doubt.question)).all() == before
        assert [one.question for one in before] == ["contact_me"]


def test_pages_with_one_missing_between_them_are_not_put_together(any_store: Store) -> None:
    batch = a_batch(any_store, campaign_id=their_town(any_store, 3, (1, 2, 3)).campaign.id)
    came(any_store, batch, [first(), replace(second(), page=3)])
    assert [pages for pages, _, _ in standing(any_store)] == [[1], [3]]


@pytest.mark.parametrize("names", [("anna.jpg", "ben.jpg"), ("p1.jpg", "p3.jpg"), ("p1.jpg", "q2.jpg")])
def test_files_of_other_names_are_of_other_people(any_store: Store, batch: Batch, names: tuple[str, str]) -> None:
    came(any_store, batch, [first()], name=names[0])
    came(any_store, batch, [second()], name=names[1])
    assert standing(any_store) == [ONLY_FIRST, ONLY_SECOND]


def test_two_files_of_one_name_lead_to_no_other(any_store: Store, batch: Batch) -> None:
    came(any_store, batch, [first()], name="p1.jpg")
    came(any_store, batch, [page(1, printing=THEIRS, marks={})], name="p1.jpg")
    came(any_store, batch, [second()], name="p2.jpg")
    assert standing(any_store) == [ONLY_FIRST, ONLY_FIRST, ONLY_SECOND]


def test_a_page_that_is_read_later_joins_its_neighbours(any_store: Store, batch: Batch) -> None:
    came(any_store, batch, [first(), set_aside()])
    with any_store.writing() as session:
        file = session.scalars(select(ReceivedFile)).one()
        known = printings(session, any_store.files)
        keep_page(session, file, result(second(), 2), (2, 0), READER, known, None)
        assert [one.id for one in assemble(any_store, session, file)] == [1]
    assert standing(any_store) == [WHOLE]


def test_a_return_that_is_settled_takes_no_page_any_more(any_store: Store, batch: Batch) -> None:
    came(any_store, batch, [first()], name="p1.jpg")
    with any_store.writing() as session:
        session.scalars(select(Return)).one().state = ReturnState.COMPLETE
    came(any_store, batch, [second()], name="p2.jpg")
    assert standing(any_store) == [([1], "complete", ["2"]), ONLY_SECOND]


def test_nothing_comes_of_doing_it_again(any_store: Store, batch: Batch) -> None:
    came(any_store, batch, [first(), set_aside(), second()])
    with any_store.writing() as session:
        assert assemble(any_store, session, session.scalars(select(ReceivedFile)).one()) == []
        loose = select(func.count()).select_from(Page).where(Page.state == PageState.READ, Page.return_id.is_(None))
        assert session.scalar(loose) == 0
    assert standing(any_store) == [ONLY_FIRST, ONLY_SECOND]


@pytest.mark.parametrize(
    ("name", "after", "before"),
    [
        ("scan 009.jpg", "scan 010.jpg", "scan 008.jpg"),
        ("Scan (9).tif", "Scan (10).tif", "Scan (8).tif"),
        ("p0.jpg", "p1.jpg", None),
        ("post.pdf", None, None),
    ],
)
def test_a_numbered_name_leads_to_the_next(name: str, after: str | None, before: str | None) -> None:
    assert (numbered_name(name, 1), numbered_name(name, -1)) == (after, before)
