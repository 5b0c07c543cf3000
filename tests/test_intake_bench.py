"""The measurements of intake are themselves run, a little of each, and can fail."""

from collections.abc import Iterator, Sequence

import cv2
import pytest
from sqlalchemy import delete, select

from server.intake import keeping, resting
from server.models.intake import Page
from server.store import Store
from tests.bench import intake_bulk, intake_faults, intake_folder, intake_kills, intake_uploads
from tests.bench.intake_world import Post, live, look, played, post_of, put_into_folder
from tests.bench.stores import store_on
from tests.server.returns_made import Town, a_town


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(before)


def test_nothing_is_lost_or_doubled_by_kills() -> None:
    assert intake_kills.figures("SQLite", quick=True).missed == 0


def test_nothing_is_lost_and_somebody_is_told_when_a_write_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_faults, "QUICK_POINTS", 6)
    monkeypatch.setattr(intake_faults, "QUICK_STEP", 19)
    assert intake_faults.figures(quick=True).missed == 0


def test_files_are_taken_when_they_are_whole() -> None:
    assert intake_folder.figures(quick=True).missed == 0


def test_a_watcher_that_does_not_wait_would_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_folder, "QUICK_REST_SECONDS", 0.0)
    monkeypatch.setattr(intake_folder, "QUICK_SLOW_FILES", 1)
    monkeypatch.setattr(resting, "EMPTY_REST_SECONDS", 0.0)
    assert intake_folder.figures(quick=True).missed > 0


def test_hostile_uploads_are_answered_and_named() -> None:
    assert intake_uploads.figures(quick=True).missed == 0


def test_pages_in_bulk_are_all_kept() -> None:
    assert intake_bulk.figures(quick=True).missed == 0


# What the benches look at can be wrong.


@pytest.fixture
def world() -> Iterator[tuple[Store, Town, Sequence[Post]]]:
    """Give a store in which three turns of post were taken in."""
    with store_on("SQLite") as store, played():
        town = a_town(store, copies=10)
        posts = [post for turn in range(3) for post in post_of(turn, town)]
        for post in posts:
            if post.by_folder:
                put_into_folder(store, post)
        live(store, [post for post in posts if not post.by_folder], lambda _: None)
        yield store, town, posts


def wrong(store: Store, posts: Sequence[Post]) -> set[str]:
    return {what for what, count in look(store, posts, [post.name for post in posts]).wrong.items() if count}


def test_in_a_world_without_kills_nothing_is_wrong(world: tuple[Store, Town, Sequence[Post]]) -> None:
    store, _, posts = world
    assert wrong(store, posts) == set()


def test_a_page_that_is_lost_is_counted(world: tuple[Store, Town, Sequence[Post]]) -> None:
    store, _, posts = world
    with store.writing() as session:
        blank = session.scalars(select(Page).where(Page.refusal == "blank_page")).first()
        assert blank is not None
        session.execute(delete(Page).where(Page.id == blank.id))
    assert wrong(store, posts) == {"pages lost"}


def test_a_file_that_nobody_names_is_litter_if_it_stays(
    world: tuple[Store, Town, Sequence[Post]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _, posts = world
    store.files.add(b"left by somebody")
    monkeypatch.setattr("tests.bench.intake_world.swept", lambda *_: 0)
    assert wrong(store, posts) == {"litter"}


def test_files_that_are_not_put_together_are_counted(
    world: tuple[Store, Town, Sequence[Post]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, town, posts = world
    monkeypatch.setattr(keeping, "put_together", lambda *_: None)
    more = [post for post in post_of(3, town) if not post.by_folder]
    live(store, more, lambda _: None)
    assert "returned copies" in wrong(store, [*posts, *more])
