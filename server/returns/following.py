"""Pages of paper without marks → which of them are one return, by nothing but their order.

No code says whose such a page is, so nothing is put together that its order leaves open. A page belongs to the one
before it if it is the next of the same form, with nothing in between that could not be read; a page that is there
already begins another return. A file goes on in the next only where a scanner has numbered them: "scan 07", "scan 08".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanning.readings import Refusal
from server.models.intake import FileState, Page, PageState, ReceivedFile
from server.returns.known import Known

LAST_NUMBER: Final = re.compile(r"(\d+)(\D*)")

READ: Final = (PageState.READ, PageState.SETTLED)


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages that follow each other, in their order, and whether they reach the ends of their file."""

    pages: tuple[Page, ...]
    begins_file: bool
    ends_file: bool


def pieces(session: Session, file: ReceivedFile, known: Mapping[str, Known]) -> list[Piece]:
    """Give the pages without marks of a file in pieces of one return each, with those of other files that belong."""
    found = []
    for piece in _in_file(session, file, known):
        together = _across_files(session, file, piece, known)
        printed = _printing(together[0], known).printed
        begins = (together[0].form_page or 0) <= min(printed.to_fill, default=1)
        found.append(Piece(together, piece.begins_file, piece.ends_file) if begins else piece)
    return found


def _in_file(session: Session, file: ReceivedFile, known: Mapping[str, Known]) -> list[Piece]:
    """Cut a file where a page does not follow the one before."""
    rows = session.scalars(select(Page).where(Page.file_id == file.id).order_by(Page.number, Page.part)).all()
    slots = [page for page in rows if page.refusal != Refusal.BLANK_PAGE]
    unmarked = {one.row.id for one in known.values() if one.is_unmarked}
    starts = [0, *(at for at, (a, b) in enumerate(pairwise(slots), 1) if not _follows(a, b, unmarked, known))]
    cuts = zip(starts, [*starts[1:], len(slots)], strict=True)
    return [
        Piece(tuple(slots[start:end]), start == 0, end == len(slots))
        for start, end in cuts
        if slots and _is_read(slots[start], unmarked)
    ]


def _is_read(page: Page, unmarked: set[int]) -> bool:
    return page.printed_form_id in unmarked and page.state in READ and page.outcome is not None


def _follows(before: Page, page: Page, unmarked: set[int], known: Mapping[str, Known]) -> bool:
    """Tell whether a page is the next of the same form; pages with nothing to fill in may be left out."""
    if not (_is_read(before, unmarked) and _is_read(page, unmarked)):
        return False
    first, second = before.form_page or 0, page.form_page or 0
    left_out = set(range(first + 1, second)) & _printing(page, known).printed.to_fill
    return before.printed_form_id == page.printed_form_id and first < second and not left_out


def _printing(page: Page, known: Mapping[str, Known]) -> Known:
    return next(one for one in known.values() if one.row.id == page.printed_form_id)


def _across_files(session: Session, file: ReceivedFile, piece: Piece, known: Mapping[str, Known]) -> tuple[Page, ...]:
    """Give a piece with what goes before it in the files before, and with what follows in those after."""
    pages, unmarked = piece.pages, {one.row.id for one in known.values() if one.is_unmarked}
    for step in (-1, 1):
        here, at_end = file, piece.begins_file if step < 0 else piece.ends_file
        while at_end and not _is_at_end(pages, step, known):
            here_or_none = _neighbour(session, here, step)
            others = _in_file(session, here_or_none, known) if here_or_none is not None else []
            if here_or_none is None or not others:
                break
            here, other = here_or_none, others[-1 if step < 0 else 0]
            meets = other.ends_file if step < 0 else other.begins_file
            edge = (other.pages[-1], pages[0]) if step < 0 else (pages[-1], other.pages[0])
            if not meets or not _follows(*edge, unmarked, known):
                break
            pages = (*other.pages, *pages) if step < 0 else (*pages, *other.pages)
            at_end = other.begins_file if step < 0 else other.ends_file
    return pages


def _is_at_end(pages: Sequence[Page], step: int, known: Mapping[str, Known]) -> bool:
    """Tell whether nothing of the form can come before, or behind."""
    if step < 0:
        return pages[0].form_page == 1
    return pages[-1].form_page == _printing(pages[-1], known).printed.pages


def _neighbour(session: Session, file: ReceivedFile, step: int) -> ReceivedFile | None:
    """Give the file of a batch whose name has the next number, or the one before; None where that is not clear."""
    wanted = numbered_name(file.name, step)
    if wanted is None:
        return None
    asked = select(ReceivedFile).where(
        ReceivedFile.batch_id == file.batch_id, ReceivedFile.name.in_((wanted, file.name))
    )
    rows = session.scalars(asked.order_by(ReceivedFile.id)).all()
    same, found = ([row for row in rows if row.name == name] for name in (file.name, wanted))
    return found[0] if len(same) == len(found) == 1 and found[0].state == FileState.READ else None


def numbered_name(name: str, step: int) -> str | None:
    """Give the name of the file that a scanner made before (-1) or after (1); None where a name has no number."""
    path = PurePath(name)
    numbers = list(LAST_NUMBER.finditer(path.stem))
    if not numbers or int(numbers[-1][1]) + step < 0:
        return None
    start, end = numbers[-1].span(1)
    digits = str(int(numbers[-1][1]) + step).zfill(end - start)
    return f"{path.stem[:start]}{digits}{path.stem[end:]}{path.suffix}"
