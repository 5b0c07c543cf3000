"""One person's data as one zip: JSON for machines, a page for people to read, and their paper."""

import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.base import now
from server.models.intake import Crop, Page
from server.models.officers import Officer
from server.models.responses import Response
from server.people.file_kind import ending_of
from server.people.portrait import crop_name, page_name, records, told
from server.people.taking_out import pages_alone
from server.queries.held import Held, held_about
from server.queries.people import who
from server.queries.subjects import subject_named
from server.store import Store
from server.store.files import Files
from server.trail.recording import note

SPOOL_BYTES: Final = 16 << 20
"""Smaller zips stay in memory; a person with eight pages has about 2 MB."""

WRITER: Final = Environment(
    loader=PackageLoader("server.people", "templates/people/export"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def export(store: Store, reference: str, *, by: Officer | None) -> IO[bytes]:
    """Give a zip of everything that is held about a subject, open at its beginning.

    Raises `NotFoundError` when nothing is held, `RefusedError` when a received file cannot be taken apart.
    """
    # The caller closes it: it is what the caller asked for.
    target = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    try:
        held = _written(store, reference, target)
    except BaseException:
        target.close()
        raise
    with store.writing() as session:
        note(
            store,
            session,
            "person exported",
            str(held.subject).replace("-", " "),
            by=by.uid if by else None,
            detail={"responses": len(held.of(Response)), "pages": len(held.of(Page))},
        )
    target.seek(0)
    return target


def _written(store: Store, reference: str, target: IO[bytes]) -> Held:
    """Write the zip, and give what is in it; no file goes away while it is read."""
    with store.files.keeping(), store.reading() as session:
        held = held_about(session, subject_named(session, reference))
        if held.is_nothing():
            raise NotFoundError(f"Nothing is held under {held.subject}: it was erased before.")
        with ZipFile(target, "w", ZIP_DEFLATED) as made:
            for name, content in _contents(store, session, held):
                made.writestr(name, content)
    return held


def _contents(store: Store, session: Session, held: Held) -> Iterator[tuple[str, str | bytes]]:
    """Give each file of the zip with its name."""
    pages = dict(_pages(store.files, held))
    yield from pages.items()
    for crop in held.of(Crop):
        yield crop_name(crop.reading_id), crop.image
    facts = {
        "made_at": now(),
        "landlord": store.settings.who(),
        "who": who(session, held.subject),
        "responses": told(session, held),
        "records": records(session, held),
        "pages": list(pages),
        "crops": [crop_name(crop.reading_id) for crop in held.of(Crop)],
    }
    yield "person.json", _as_json(facts)
    yield "person.html", WRITER.get_template("person.html").render(facts)
    yield "README.txt", WRITER.get_template("readme.txt").render(facts)


def _as_json(facts: dict[str, Any]) -> str:
    made_at: datetime = facts["made_at"]
    content = {
        "made at": made_at.isoformat(),
        "responses as they read": facts["responses"],
        "everything held": facts["records"],
        "pages": facts["pages"],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _pages(files: Files, held: Held) -> Iterator[tuple[str, bytes]]:
    """Give each of their pages that is still kept, once, cut out of the file it came in."""
    kept = {file.id: file.kept_sha256 for file in held.files}
    rows = {(kept[page.file_id], page.number): page.id for page in reversed(held.of(Page))}
    for name, numbers in held.pages_by_file().items():
        if not files.has(name):
            continue
        with files.open(name) as file:
            ending = ending_of(file)
        for number, content in zip(numbers, pages_alone(files, name, numbers), strict=True):
            yield page_name(rows[name, number], ending), content
