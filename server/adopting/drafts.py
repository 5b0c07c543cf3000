"""The drafts that wait for corrections, each in a folder of its own in the data folder.

Nothing of a draft is in the database, and a backup need not hold it: what it was made from lies with whoever has it,
and once it is kept as a form it is one like any other.
"""

import fcntl
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp
from typing import Final

from forms.adopting import Draft, drafted
from forms.adopting.binding import binding_of_json
from server.adopting.litter import FOLDER, LOCK
from server.adopting.taking_in import fillable, pictures
from server.errors import NotFoundError, RefusedError

THEIRS: Final = "theirs.pdf"
DRAFT: Final = "draft.json"

UID: Final = re.compile(r"[0-9a-f]{16}")

DRAFTS_MAX: Final = 40
"""Of about 2 MB each; more than anybody works at."""

STALE: Final = "somebody has changed this draft in the meantime. Look at it as it is now, then do it again."
TOO_MANY: Final = f"{DRAFTS_MAX} drafts wait already. Keep or give up some of them first."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft as it is kept: which change of it this is, and the sizes of its pages in mm."""

    uid: str
    draft: Draft
    is_found: bool
    """Whether its boxes were found by what is drawn."""
    change: int
    sizes: tuple[tuple[float, float], ...]


class Drafts:
    """The drafts of one data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER

    def begin(self, content: bytes, name: str) -> str:
        """Make a draft of a file and give its uid; AdoptingError says why that cannot be."""
        if len(self.all()) >= DRAFTS_MAX:
            raise RefusedError(TOO_MANY)
        theirs = fillable(content, "the file")
        shown = pictures(theirs.content)
        self.folder.mkdir(parents=True, exist_ok=True)
        half_done = Path(mkdtemp(prefix=".", dir=self.folder))
        uid = token_hex(8)
        try:
            (half_done / THEIRS).write_bytes(theirs.content)
            for number, one in enumerate(shown, 1):
                (half_done / f"{number}.png").write_bytes(one.png)
            sizes = tuple((one.width_mm, one.height_mm) for one in shown)
            _write(half_done, Waiting(uid, drafted(theirs.sheets, name), theirs.is_found, 0, sizes))
            half_done.rename(self.folder / uid)
        except BaseException:
            shutil.rmtree(half_done, ignore_errors=True)
            raise
        return uid

    def all(self) -> list[Waiting]:
        """Give every draft, the one changed last first."""
        folders = [one for one in self.folder.iterdir() if UID.fullmatch(one.name)] if self.folder.is_dir() else []
        folders.sort(key=lambda one: (one / DRAFT).stat().st_mtime, reverse=True)
        return [self.one(one.name) for one in folders]

    def one(self, uid: str) -> Waiting:
        """Give a draft; `NotFoundError` when it is not there."""
        try:
            told = json.loads((self._place(uid) / DRAFT).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise NotFoundError("This draft is not here any more: it was kept as a form, or given up.") from error
        binding = binding_of_json(told["binding"].encode())
        sizes = tuple((wide, high) for wide, high in told["sizes"])
        return Waiting(uid, Draft(told["definition"], binding), told["is_found"], told["change"], sizes)

    def change(self, uid: str, draft: Draft, seen: int) -> None:
        """Keep a draft as it was put right; `RefusedError` where it is not the one that was seen any more."""
        with self._alone():
            was = self.one(uid)
            if was.change != seen:
                raise RefusedError(STALE)
            _write(self._place(uid), Waiting(uid, draft, was.is_found, seen + 1, was.sizes))

    def theirs(self, uid: str) -> bytes:
        """Give the PDF that a draft was made from."""
        return (self._place(uid) / THEIRS).read_bytes()

    def picture(self, uid: str, page: int) -> bytes:
        """Give a page, counted from 1, as PNG; `NotFoundError` when there is none of that number."""
        try:
            return (self._place(uid) / f"{page}.png").read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError(f"There is no page {page} of this draft.") from error

    def remove(self, uid: str) -> None:
        """Forget a draft."""
        shutil.rmtree(self._place(uid), ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold off, until the block ends, whoever else changes a draft: of two changes the later is then refused."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK).open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _place(self, uid: str) -> Path:
        if not UID.fullmatch(uid):
            raise NotFoundError("There is no such draft.")
        return self.folder / uid


def _write(folder: Path, one: Waiting) -> None:
    told = {
        "definition": one.draft.definition,
        "binding": one.draft.binding.to_json(),
        "is_found": one.is_found,
        "change": one.change,
        "sizes": one.sizes,
    }
    half_done = folder / f".{DRAFT}.{token_hex(4)}"
    half_done.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    half_done.replace(folder / DRAFT)
