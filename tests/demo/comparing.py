"""What was read and kept beside what was filled in: nothing that was accepted may be wrong, and nothing may be lost."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from forms.answers import as_json, collect
from forms.definition import Form
from forms.loading import parse_form
from server.models.campaigns import Channel
from server.models.form_versions import FormVersion
from server.models.households import Household
from server.models.intake import FileState, Page, PageState, Reading, ReceivedFile, Return, ReturnState
from server.models.responses import Answer, Response, ResponseState
from server.models.review import Doubt, DoubtState
from server.returns.judging import WRITTEN
from tests.bench.paper import Figures
from tests.demo.sheets import PageIn
from tests.demo.story import Played

ASIDE: Final = (PageState.SET_ASIDE, PageState.REJECTED)
Kept = Mapping[str, object]


def compared(played: Played) -> Figures:
    """Give the table of what was compared."""
    table = Figures("Simulated: what was read beside what was filled in")
    with played.post.store.reading() as session:
        _add_pages(table, session, played)
        _add_answers(table, session, played)
        _add_copies(table, session, played)
        _add_others(table, session, played)
    return table


def _known(session: Session, played: Played) -> Iterator[tuple[Page, PageIn]]:
    """Give each page that was read, and what is true of it."""
    rows = session.execute(select(Page, ReceivedFile.sha256).join(Page.file).where(Page.state.not_in(ASIDE)))
    for page, sha256 in rows:
        if sha256 in played.post.files:
            yield page, played.post.files[sha256][page.number - 1]


def _add_pages(table: Figures, session: Session, played: Played) -> None:
    post = played.post
    wanted = {(sha256, number) for sha256, pages in post.files.items() for number in range(1, len(pages) + 1)}
    rows = session.execute(select(ReceivedFile.sha256, Page.number, Page.state, Page.return_id).join(Page.file)).all()
    there = {(sha256, number) for sha256, number, *_ in rows}
    mistaken = sum(page.form_page != true.number for page, true in _known(session, played))
    put = sum(sha256 in post.files and of is not None for sha256, _, _, of in rows)
    aside = sum(state in ASIDE for sha256, _, state, _ in rows if sha256 in post.files)
    letters = session.scalar(
        select(func.count(ReceivedFile.id.distinct()))
        .outerjoin(Page, Page.file_id == ReceivedFile.id)
        .where(ReceivedFile.sha256.in_(post.letters), _is_aside())
    )
    table.add("pages sent in, known", f"{len(wanted)}", f"{len(wanted & there)}", held=wanted <= there)
    table.add(
        "read + set aside",
        f"{len(wanted)}",
        f"{put} + {aside}",
        held=put + aside == len(wanted),
    )
    table.add("pages taken for another", "0", f"{mistaken}", held=mistaken == 0)
    count = len(post.letters)
    table.add("letters between, set aside", f"{count}", f"{letters}", held=letters == count)
    left = post.left_in_folder()
    table.add("files left in the folder", "0", f"{left}", held=left == 0)


def _is_aside() -> ColumnElement[bool]:
    return (ReceivedFile.state == FileState.SET_ASIDE) | Page.state.in_(ASIDE)


def judgements(session: Session, played: Played) -> Counter[str]:
    """Count what became of all questions, before any officer looked."""
    counts = Counter[str]()
    readings = defaultdict[int, list[Reading]](list)
    for reading in session.scalars(select(Reading)):
        readings[reading.page_id].append(reading)
    wrote = set(session.scalars(select(Doubt.reading_id).where(Doubt.reason == WRITTEN)))
    for page, true in _known(session, played):
        for reading in readings[page.id]:
            counts += _judged(reading, true, is_written=reading.id in wrote)
    return counts


def _add_answers(table: Figures, session: Session, played: Played) -> None:
    counts = judgements(session, played)
    open_, all_ = (
        session.scalar(select(func.count()).select_from(Doubt).where(*where)) or 0
        for where in ((Doubt.state == DoubtState.OPEN,), ())
    )
    table.add("questions with boxes", "", f"{counts['boxes']:,}", held=counts["boxes"] > 0)
    table.add("accepted", "", f"{counts['accepted']:,}", held=True)
    table.add("accepted and wrong", "0", f"{counts['wrong']}", held=counts["wrong"] == 0)
    table.add("accepted, nobody could tell", "0", f"{counts['unclear']}", held=counts["unclear"] == 0)
    table.add("doubted", "", f"{counts['doubted']} ({counts['truly']} truly unclear)", held=True)
    table.add(
        "written in, for an officer",
        f"{counts['written']}",
        f"{counts['seen']}",
        held=counts["written"] == counts["seen"],
    )
    table.add("doubts settled, waiting", "", f"{all_ - open_}, {open_}", held=True)


def _judged(reading: Reading, true: PageIn, *, is_written: bool) -> Counter[str]:
    """Say what became of one question on one page."""
    truth = true.truths.get(reading.question)
    if truth is None:
        wrote = reading.question in true.words
        return Counter(written=wrote, seen=wrote and is_written)
    if reading.reason is not None:
        return Counter(boxes=1, doubted=1, truly=truth.ambiguous is not None)
    value = list(truth.value) if isinstance(truth.value, tuple) else truth.value
    is_wrong = truth.ambiguous is None and reading.answer != value
    return Counter(boxes=1, accepted=1, wrong=is_wrong, unclear=truth.ambiguous is not None)


def _add_copies(table: Figures, session: Session, played: Played) -> None:
    true = defaultdict[int, dict[str, object]](dict)
    for page, known in _known(session, played):
        if page.return_id is not None and not page.is_equality:
            true[page.return_id] |= {name: one.value for name, one in known.truths.items()} | dict(known.words)
    states = Counter(session.scalars(select(Return.state)))
    rows = session.execute(
        select(Return.id, Response, FormVersion)
        .join(Response, Response.id == Return.response_id)
        .join(FormVersion, FormVersion.id == Response.form_version_id)
        .where(Return.state == ReturnState.COMPLETE)
    ).all()
    wrong = sum(_differs(session, response, version, true[number]) for number, response, version in rows)
    waiting = states[ReturnState.READING] + states[ReturnState.REPEATED]
    table.add("copies that count, wait", "", f"{states[ReturnState.COMPLETE]}, {waiting}", held=bool(rows))
    table.add("counted otherwise than meant", "0", f"{wrong}", held=wrong == 0)


def _add_others(table: Figures, session: Session, played: Played) -> None:
    versions = {one.id: one for one in session.scalars(select(FormVersion))}
    responses = session.scalars(select(Response).where(Response.state == ResponseState.COMPLETE)).all()
    by_receipt = {one.receipt: one for one in responses if one.channel == Channel.KIOSK}
    codes = {home.id: home.code for home in session.scalars(select(Household))}
    by_home = {
        codes[one.household_id]: one for one in responses if one.channel == Channel.IMPORTED and one.household_id
    }
    for what, wanted in (
        ("kiosk", [(by_receipt.get(one.receipt), one.said) for one in played.visits]),
        ("telephone", [(by_home.get(one.home), one.said) for one in played.interviews]),
    ):
        good = sum(
            one is not None and not _differs(session, one, versions[one.form_version_id], dict(said))
            for one, said in wanted
        )
        table.add(f"kept as given, by {what}", f"{len(wanted)}", f"{good}", held=good == len(wanted))


def _differs(session: Session, response: Response, version: FormVersion, said: dict[str, object]) -> bool:
    """Tell whether a response is anything else than what was said."""
    form = _form(version.definition)
    return kept(session, response, form) != meant(form, said)


@cache
def _form(definition: str) -> Form:
    return parse_form(definition.encode(), "a form that is kept")


def kept(session: Session, response: Response, form: Form) -> Kept:
    """Give the answers that are kept of a response."""
    found = dict[str, object]()
    rows = session.scalars(
        select(Answer).where(Answer.response_id == response.id).order_by(Answer.question, Answer.place)
    )
    for answer in rows:
        value = answer.option if answer.option is not None else answer.written
        if form.question(answer.question).kind == "several_choices":
            found.setdefault(answer.question, []).append(value)  # type: ignore[attr-defined]
        else:
            found[answer.question] = value
    return found


def meant(form: Form, said: Mapping[str, object]) -> Kept:
    """Give the answers that count of what was said; the equality page stands apart."""
    main = {name: value for name, value in said.items() if "/" not in name and not form.section_of(name).detachable}
    return {name: as_json(value) for name, value in collect(form, main).values.items()}
