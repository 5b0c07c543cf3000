"""Post that comes in by folder and by upload, the life of a worker on it, and what must be there in the end.

Files are lines of text that `tests.server.intake.playing` reads: what is tested is what is kept, not what is seen.
"""

import io
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from unittest.mock import patch

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.intake import reading
from server.intake.batches import NewBatch, named
from server.intake.folder import DONE, NEEDS_YOU, Inbox
from server.intake.reading import Reading
from server.intake.receiving import Coming, receive
from server.intake.resting import REST_SECONDS
from server.models.audit import AuditEvent
from server.models.intake import Arrival, CameBy, FileState, Page, PageState, ReceivedFile, Return, ReturnState
from server.models.responses import Response
from server.models.review import Doubt
from server.retention.janitor import swept
from server.returns import known
from server.store import Store
from server.store.keys import KeyName
from server.store.references import named as named_files
from server.trail.chain import faults
from tests.server import returns_made
from tests.server.intake.playing import PlayedReaders, written
from tests.server.returns_made import RECEIVED, Town

OLD: timedelta = timedelta(days=2)
"""After which the janitor takes away what nobody needs."""


@dataclass(frozen=True, slots=True)
class Post:
    """One file that comes; `pages` are its lines, and `opening` whether it can be opened."""

    name: str
    by_folder: bool
    pages: tuple[str, ...]
    opening: str = "sound"

    @property
    def content(self) -> bytes:
        """Give the file."""
        return written(*self.pages, opening=f"{self.opening}")

    @property
    def slips(self) -> list[tuple[int, int]]:
        """Give the places of its pages as rows have them."""
        if self.opening == "refused":
            return []
        return [(number, part) for number, line in enumerate(self.pages, 1) for part in range(line.count(" and ") + 1)]


def post_of(turn: int, town: Town) -> Iterator[Post]:
    """Give what comes in one turn: a whole copy, a doubtful one, and now and then something odd."""
    one, two = town.codes[2 * turn], town.codes[2 * turn + 1]
    odd = ("blank", "aside", f"note {turn}")[turn % 3]
    yield Post(f"folder {turn}.txt", True, (f"1 {one}", odd, f"2 {one}"))
    first = "doubt" if turn % 4 == 1 else "1"
    yield Post(f"upload {turn}.txt", False, (f"{first} {two}", f"2 {two}") if turn % 2 else (f"2 {two} and 1 {two}",))
    if turn % 5 == 0:
        yield Post(f"again {turn}.txt", False, (f"1 {one}", odd, f"2 {one}"))
    if turn % 7 == 0:
        yield Post(f"broken {turn}.txt", True, (f"broken {turn}",), "refused")


@contextmanager
def played() -> Iterator[None]:
    """Have readers play, and printings known."""
    with (
        patch.object(reading, "Readers", PlayedReaders),
        patch.object(known, "_printed", returns_made._printed.__getitem__),
    ):
        yield


def put_into_folder(store: Store, post: Post) -> None:
    """Have the scanner write a file: whole at once."""
    folder = store.settings.inbox()
    folder.mkdir(exist_ok=True)
    part = folder / f"{post.name}.part"
    part.write_bytes(post.content)
    part.rename(folder / post.name)


def live(store: Store, uploads: Collection[Post], told: Callable[[str], None]) -> None:
    """Be the site and its worker once: take in what is sent, look into the folder, read, move; tell what is taken."""
    batch = named(store, NewBatch("Uploads", CameBy.UPLOAD, RECEIVED))
    for post in uploads:
        coming = Coming(post.name, CameBy.UPLOAD, post.name, lambda post=post: io.BytesIO(post.content))  # type: ignore[misc]
        receive(store, lambda _: batch, coming)
        told(post.name)
    clock = iter(float(REST_SECONDS * turn) for turn in range(1000))
    inbox = Inbox(store, lambda: next(clock))
    inbox.look()
    inbox.look()
    Reading(store, 1, lambda: False).read_waiting()
    inbox.look()


@dataclass(slots=True)
class Found:
    """What is wrong in the end."""

    wrong: Counter[str] = field(default_factory=Counter)
    files: int = 0
    pages: int = 0
    responses: int = 0
    events: int = 0

    def count(self, what: str, wanted: object, got: object) -> None:
        """Take down a difference."""
        self.wrong[what] += wanted != got


def look(store: Store, posts: Collection[Post], acknowledged: Collection[str]) -> Found:
    """Look for everything that came: all of it once, nothing besides, and no litter once the janitor was there."""
    found = Found()
    _look_at_files(store, posts, found)
    _look_at_arrivals(store, posts, acknowledged, found)
    _look_at_folder(store, posts, found)
    swept(store, datetime.now(UTC) + OLD)
    with store.reading() as session:
        names = named_files(session.connection())
        found.count("audit chain", [], list(faults(session, store.keys.get(KeyName.AUDIT))))
        found.events = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
    found.wrong["litter"] += len(list(store.files.litter())) + len(set(store.files.names()) ^ names)
    return found


def _look_at_files(store: Store, posts: Collection[Post], found: Found) -> None:
    by_sha = {sha256(post.content).hexdigest(): post for post in posts}
    with store.reading() as session:
        rows = session.scalars(select(ReceivedFile)).all()
        found.count("files", sorted(by_sha), sorted(row.sha256 for row in rows))
        for row in rows:
            post = by_sha[row.sha256]
            state = FileState.SET_ASIDE if post.opening == "refused" else FileState.READ
            pages = session.scalars(select(Page).where(Page.file_id == row.id).order_by(Page.number, Page.part)).all()
            got = [(page.number, page.part) for page in pages]
            found.wrong["pages lost"] += len(set(post.slips) - set(got))
            found.wrong["pages doubled"] += len(got) - len(set(got) & set(post.slips))
            found.wrong["pages without an end"] += sum(page.state == PageState.WAITING for page in pages)
            found.wrong["files in another state"] += row.state != state
            found.pages += len(got)
        _look_at_copies(session, posts, found)
    found.files = len(rows)


def _look_at_copies(session: Session, posts: Collection[Post], found: Found) -> None:
    """Look for copies: those without a doubt are responses, or wait for the day on which the folder's batch came."""
    lines = [line for post in posts if post.opening != "refused" for line in post.pages]
    copies = {code for line in lines for code in _codes(line)}
    doubted = {code for line in lines if line.startswith("doubt") for code in _codes(line)}
    returns = session.execute(select(Return.state, Return.problem)).all()
    complete = sum(state == ReturnState.COMPLETE for state, _ in returns)
    dateless = sum(state == ReturnState.READING and problem == "no_date" for state, problem in returns)
    found.count("returned copies", len(copies), len(returns))
    found.count("copies without a doubt", len(copies - doubted), complete + dateless)
    found.count("doubts", len(doubted), session.scalar(select(func.count()).select_from(Doubt)))
    found.responses = session.scalar(select(func.count()).select_from(Response)) or 0
    found.count("responses", complete, found.responses)


def _codes(line: str) -> set[str]:
    words = (slip.split(" ") for slip in line.split(" and "))
    return {code for kind, *codes in words if kind in ("1", "2", "doubt") for code in codes}


def _look_at_arrivals(store: Store, posts: Collection[Post], acknowledged: Collection[str], found: Found) -> None:
    with store.reading() as session:
        names = session.scalars(select(Arrival.name)).all()
        repeats = session.scalar(select(func.count()).where(Arrival.is_repeat)) or 0
    found.wrong["acknowledged and lost"] += len(set(acknowledged) - set(names))
    found.count("comings", sorted(post.name for post in posts), sorted(names))
    found.count("repeats", len(posts) - len({post.content for post in posts}), repeats)


def _look_at_folder(store: Store, posts: Collection[Post], found: Found) -> None:
    folder = store.settings.inbox()
    left = [path for path in folder.iterdir() if path.is_file()]
    moved = [path.name for place in (DONE, NEEDS_YOU) for path in folder.glob(f"{place}/*")]
    found.wrong["left in the folder"] += len(left)
    found.count("moved out of the folder", sorted(post.name for post in posts if post.by_folder), sorted(moved))
