"""A page as the readers gave it → its rows: the page, what each question was read as, and pictures for people."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from forms.paper.fields import PART
from scanning.as_json import page_json
from scanning.readings import PageReading, Refusal, State
from server.models.copies import Copy
from server.models.intake import Crop, Page, PageState, Reading, ReceivedFile, WritingState
from server.returns.drafts import kept as kept_drafts
from server.returns.known import Known
from server.returns.outcomes import kept

if TYPE_CHECKING:
    from scanning.readers import PageResult  # which loads OpenCV

SAMPLED: Final = 0.2
"""The part of accepted answers that get a picture, which second looks are drawn from: of 500 pages with ten questions
1,000, and a bound of 0.5 % takes 598."""

READER: Final = "1"
"""Names what reads pages in the key of their rows: another where the same page would have to be kept anew beside."""

KEPT: Final = select(Page).where(
    Page.file_id == bindparam("file_id"),
    Page.number == bindparam("number"),
    Page.part == bindparam("part"),
    Page.reader == bindparam("reader"),
)
COPY: Final = select(Copy.id).where(Copy.code == bindparam("code"))
"""Asked for every page. Built once: building the statement takes as long as running it."""


def keep_page(
    session: Session,
    file: ReceivedFile,
    result: "PageResult",
    place: tuple[int, int],
    reader: str,
    known: Mapping[str, Known],
    preview_sha256: str | None,
) -> Page:
    """Keep one page, or one slip of it; `place` is its number in the file from 1, and which slip it is from 0.

    A row that was made for it before it was read, or that was set aside, is filled in; one that was read is left as it
    is. The preview is in the store's files already.
    """
    number, part = place
    asked = {"file_id": file.id, "number": number, "part": part, "reader": reader}
    with session.no_autoflush:  # pages that are kept in one transaction go to the database together
        page = session.scalar(KEPT, asked) or Page(**asked)
        if page.state in (None, PageState.WAITING, PageState.SET_ASIDE):
            session.add(page)
            _fill_in(session, page, result, known, preview_sha256)
    return page


def _fill_in(
    session: Session, page: Page, result: "PageResult", known: Mapping[str, Known], preview_sha256: str | None
) -> None:
    page.preview_sha256 = preview_sha256
    page.condition = asdict(result.condition) if result.condition is not None else None
    outcome = result.outcome
    if isinstance(outcome, PageReading):
        _keep_reading(session, page, result, outcome, known[outcome.printing])
    else:
        is_blank = outcome.refusal is Refusal.BLANK_PAGE
        page.state = PageState.SETTLED if is_blank else PageState.SET_ASIDE
        page.refusal, page.set_aside_because = str(outcome.refusal), outcome.detail


def _keep_reading(session: Session, page: Page, result: "PageResult", reading: PageReading, known: Known) -> None:
    page.state, page.refusal, page.set_aside_because = PageState.READ, None, None
    page.outcome = kept(reading)
    page.writing = WritingState.WAITING if written_questions(reading) else None
    page.writing_attempts, page.writing_after = 0, None
    page.printed_form_id, page.form_page = known.row.id, reading.page
    page.is_equality = reading.page in known.printed.torn_off
    page.copy_id = session.scalar(COPY, {"code": reading.copy}) if reading.copy else None
    if page.id is not None:
        session.execute(delete(Reading).where(Reading.page_id == page.id))
        session.expire(page, ["readings"])
    page.readings.extend(_readings(reading, result))


def _readings(reading: PageReading, result: "PageResult") -> Iterable[Reading]:
    """Give a row for each question that has boxes, or writing, on this page, with its picture where there is one."""
    told = page_json("", 0, reading)
    reasons = {doubt.question: str(doubt.reason) for doubt in reading.doubts}
    looked_at = {*reasons, *written_questions(reading), *(one.name for one in result.drafts)}
    for question in dict.fromkeys((*reading.answers, *written_questions(reading), *reasons)):
        fields = [field for field in told["fields"] if belongs(field["name"], question)]
        row = Reading(
            question=question,
            answer=reading.answers.get(question),
            reason=reasons.get(question),
            fields=fields,
            drafts=kept_drafts(one for one in result.drafts if belongs(one.name, question)) or None,
        )
        if question in result.crops:
            row.crop = Crop(image=result.crops[question], is_sampled=question not in looked_at)
        yield row


def belongs(field: str, question: str) -> bool:
    """Tell whether a field is one of a question's."""
    return field == question or field.startswith(f"{question}{PART}")


def written_questions(reading: PageReading) -> list[str]:
    """Give the ids of the questions on a page of paper in whose places somebody wrote, or perhaps wrote."""
    if reading.typed:
        return []
    written = (one.name for one in reading.writings if one.state is not State.BLANK)
    return list(dict.fromkeys(name.split(PART, maxsplit=1)[0] for name in written))
