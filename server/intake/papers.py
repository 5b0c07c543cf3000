"""Which printings files are read by: all that bear our marks, and of other people's paper only what may have come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from server.queries.theirs import Lot, others_asked
from server.returns.known import Known
from server.store.files import Files

APART_PAGES_MAX: Final = 40
"""Pages of other forms that paper without marks is told from, those of the newest. Each page takes a reader some 0.1 s
and 3 MB to draw, which it does when it starts, within the limits of one page."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What a reader is given."""

    pdfs: tuple[Path, ...]
    theirs: tuple[str, ...]
    """The printings without marks that may come; the others among the PDFs are there to be told from them."""


def papers_of(session: Session, files: Files, known: Mapping[str, Known], lot: Lot) -> Papers:
    """Give what the files of a lot are read by."""
    theirs = tuple(one.row.name for one in known.values() if one.is_unmarked and _is_of(one, lot))
    apart = _few(others_asked(session, lot.form_version_id), known) if lot.form_version_id is not None else ()
    wanted = (one for name, one in known.items() if not one.is_unmarked or name in theirs or name in apart)
    return Papers(tuple(files.path(one.row.pdf_sha256) for one in wanted), theirs)


def _is_of(one: Known, lot: Lot) -> bool:
    return one.row.form_version_id == lot.form_version_id


def _few(names: Collection[str], known: Mapping[str, Known]) -> list[str]:
    found, pages = list[str](), 0
    for name in names:
        if name in known and pages + known[name].printed.pages <= APART_PAGES_MAX:
            found.append(name)
            pages += known[name].printed.pages
    return found
