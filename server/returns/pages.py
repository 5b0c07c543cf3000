"""A page as the readers gave it → its rows: the page, what each question was read as, and pictures for people."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forms.paper.fields import PART
from scanning.as_json import page_json
from scanning.readers import PageResult
from scanning.readings import PageReading, Refusal, State
from server.models.copies import Copy
from server.models.intake import Crop, Page, PageState, Reading, ReceivedFile
from server.returns.known import Known
from server.returns.outcomes import kept


def keep_page(
    session: Session,
    file: ReceivedFile,
    result: PageResult,
    place: tuple[int, int],
    reader: str,
    known: Mapping[str, Known],
    preview_sha256: str | None,
) -> Page:
    """Keep one page, or one slip of it; `place` is its number in the file from 1, and which slip it is from 0.

    A row that was made for it before it was read is filled in. The preview is in the store's files already.
    """
    number, part = place
    page = session.scalar(
        select(Page).where(Page.file_id == file.id, Page.number == number, Page.part == part, Page.reader == reader)
    ) or Page(file_id=file.id, number=number, part=part, reader=reader)
    session.add(page)
    page.preview_sha256 = preview_sha256
    outcome = result.outcome
    if isinstance(outcome, PageReading):
        _keep_reading(session, page, outcome, result.crops, known[outcome.printing])
    else:
        is_blank = outcome.refusal is Refusal.BLANK_PAGE
        page.state = PageState.SETTLED if is_blank else PageState.SET_ASIDE
        page.refusal, page.set_aside_because = str(outcome.refusal), outcome.detail
    session.flush()
    return page


def _keep_reading(session: Session, page: Page, reading: PageReading, crops: Mapping[str, bytes], known: Known) -> None:
    page.state, page.refusal, page.set_aside_because = PageState.READ, None, None
    page.outcome = kept(reading)
    page.printed_form_id, page.form_page = known.row.id, reading.page
    page.is_equality = reading.page in known.printed.torn_off
    page.copy_id = session.scalar(select(Copy.id).where(Copy.code == reading.copy)) if reading.copy else None
    session.flush()
    session.execute(delete(Reading).where(Reading.page_id == page.id))
    session.expire(page, ["readings"])
    session.add_all(_readings(page, reading, crops))


def _readings(page: Page, reading: PageReading, crops: Mapping[str, bytes]) -> Iterable[Reading]:
    """Give a row for each question that has boxes, or writing, on this page, with its picture where there is one."""
    told = page_json("", 0, reading)
    reasons = {doubt.question: str(doubt.reason) for doubt in reading.doubts}
    for question in dict.fromkeys((*reading.answers, *written_questions(reading), *reasons)):
        fields = [field for field in told["fields"] if belongs(field["name"], question)]
        row = Reading(
            page_id=page.id,
            question=question,
            answer=reading.answers.get(question),
            reason=reasons.get(question),
            fields=fields,
        )
        if question in crops:
            row.crop = Crop(image=crops[question])
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
