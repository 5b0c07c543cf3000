"""The whole way of paper in a real browser: households in, copies out, filled in, scanned, reviewed, counted.

The site, the maker of print runs and the reader of scans are the real ones; the pens and the scanner are simulated.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from forms import library
from forms.answers import as_json, collect
from forms.definition import Form
from forms.kinds import Question
from forms.paper.editions import EditionName
from forms.paper.printing import print_form
from server.intake.working import work
from server.models.copies import Copy
from server.models.form_versions import PrintedForm
from server.models.intake import Return as CameBack
from server.models.officers import Role
from server.models.responses import Answer, Response, ResponseState
from server.models.review import Doubt
from server.returns.judging import WRITTEN
from server.runs import worker
from server.store import Store
from server.web.words import today
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.returns import Return, simulated_return
from tests.paper.wear import WEARS

FORM = "event"
HOMES = 6
LOOKS_MAX = 240
UNSEEN_MS = 260
"""A key that comes sooner after a new picture was meant for the last one."""

WEARS_OF_COPIES = ("everyday", "turned-180", "grey", "rotated-3", "noise-jpeg-60", "everyday")


@pytest.fixture
def workers(store: Store) -> Iterator[None]:
    """Have print runs made and scans read."""
    ended = Event()
    reader = Thread(target=work, args=(store, ended), kwargs={"jobs": 1})
    with worker.working(store):
        reader.start()
        yield
        ended.set()
        reader.join()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def homes() -> str:
    rows = [f"10{number},Tenant {number},{number} Mill Lane,NF1 1AA,North,Secure" for number in range(HOMES)]
    return "\n".join(["UPRN,Tenant name,Address,Postcode,Area,Tenure", *rows])


def bring_in_households(page: Page, site: str, folder: Path) -> None:
    path = folder / "homes.csv"
    path.write_text(homes())
    page.goto(f"{site}/households/import")
    page.set_input_files("#file", path)
    press(page, "Go on to the columns")
    press(page, "Import")
    expect(page.locator("h1")).not_to_have_text("What does each column hold?")


def open_a_campaign(page: Page, site: str) -> None:
    page.goto(f"{site}/campaigns/new?form={FORM}/library")
    page.fill("#name", "Summer event")
    for which, day in (("opens_on", today()), ("closes_on", today())):
        for part in ("day", "month", "year"):
            page.fill(f"[name={which}_{part}]", str(getattr(day, part)))
    page.check("[name=channels][value=paper]")
    page.check("[name=audience][value=invited]")
    page.check("[name=sampling][value=census]")
    press(page, "Make the draft")
    page.goto(f"{site}/campaigns/1/households/")
    page.check("[name=how][value=census]")
    press(page, "Invite them")
    page.goto(f"{site}/campaigns/1/open")
    press(page, "Open the campaign")


def print_copies(page: Page, site: str) -> None:
    page.goto(f"{site}/print/")
    page.select_option("#campaign", "1")
    page.check("[name=kind][value=households]")
    press(page, "Go on")
    page.fill("#letter", "")
    press(page, "Make the run")
    expect(page.locator("a[href$='run.pdf']")).to_be_visible(timeout=60_000)


def filled_in(store: Store) -> list[Return]:
    """Give the copies of the run as they come back."""
    with store.reading() as session:
        codes = session.scalars(select(Copy.code).order_by(Copy.number)).all()
        kept = session.scalars(select(PrintedForm)).one()
    printing = print_form(library.find(FORM), store.settings.who(), edition=EditionName(kept.edition))
    assert printing.name == kept.name
    return [
        simulated_return(printing, 501 + number, WEARS[wear], Family.JUDGING, copy=code)
        for number, (code, wear) in enumerate(zip(codes, WEARS_OF_COPIES, strict=True))
    ]


def wait_until_read(page: Page, site: str) -> None:
    """Wait until the scans are taken in and read, by looking again and again as an officer would."""
    for _ in range(LOOKS_MAX):
        page.goto(f"{site}/batches/1")
        if page.get_by_text("All pages read after").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("the scans are not read")


def say_when_it_came(page: Page, site: str) -> None:
    page.goto(f"{site}/batches/1")
    for part in ("day", "month", "year"):
        page.fill(f"[name=received_on_{part}]", str(getattr(today(), part)))
    press(page, "Keep")


def typed(question: Question, copy: str) -> dict[str, str]:
    """Give what the officer types for a question that was written in, by field."""
    if question.kind == "date":
        return {"day": "1", "month": "6", "year": "2026"}
    return {"written": "12" if question.kind == "number" else f"Words of {copy}"}


def settle(page: Page, form: Form, store: Store, returned: Mapping[str, Return], wrote: set[tuple[str, str]]) -> None:
    """Settle the doubt that is shown, by keyboard, as somebody would who sees what the pen meant."""
    with store.reading() as session:
        doubt = session.get_one(Doubt, int(page.url.rpartition("/")[2]))
        copy = session.scalars(select(Copy.code).join(CameBack).where(CameBack.id == doubt.return_id)).one()
    page.wait_for_timeout(UNSEEN_MS)
    if doubt.reason == WRITTEN:
        wrote.add((str(copy), doubt.question))
        for field, words in typed(form.question(doubt.question), str(copy)).items():
            page.locator(f"#{field}").focus()
            page.keyboard.type(words)
        page.keyboard.press("Control+Enter")
        return
    truth = next(one for one in returned[str(copy)].questions if one.question == doubt.question)
    options = [choice.id for choice in form.choices(form.question(doubt.question))] or ["given"]
    chosen = (truth.value,) if isinstance(truth.value, str) else truth.value or ()
    for option in chosen:
        page.keyboard.press(str(options.index(option) + 1))
    if not chosen:
        page.keyboard.press("b")
    elif isinstance(truth.value, tuple):
        page.keyboard.press("Enter")


def review(page: Page, site: str, store: Store, returned: Mapping[str, Return]) -> set[tuple[str, str]]:
    """Settle all doubts; give what was typed: copy and question."""
    wrote = set[tuple[str, str]]()
    form = library.find(FORM)
    page.goto(f"{site}/review/")
    page.get_by_role("button", name="Start with all batches").click()
    while re.search(r"/review/\d+$", page.url):
        before = page.url
        settle(page, form, store, returned, wrote)
        page.wait_for_function("before => location.href !== before", arg=before)
    return wrote


def meant(one: Return, wrote: set[tuple[str, str]]) -> Mapping[str, object]:
    """Give what the answers of a copy must be: what the pen meant, and what the officer typed."""
    form = library.find(FORM)
    raw = dict[str, object]({truth.question: truth.value for truth in one.questions})
    for copy, question in wrote:
        if copy == one.copy:
            fields = typed(form.question(question), copy)
            raw[question] = fields.get("written", fields)
    answers = collect(form, raw)
    assert not answers.problems
    plain = {name: as_json(value) for name, value in answers.values.items()}
    return {name: value if isinstance(value, list) else str(value) for name, value in plain.items()}


def counted(store: Store) -> dict[str, Mapping[str, object]]:
    """Give the answers that are kept, by copy."""
    found: dict[str, dict[str, object]] = {}
    form = library.find(FORM)
    with store.reading() as session:
        rows = session.execute(
            select(Copy.code, Answer)
            .join(Response, Response.copy_id == Copy.id)
            .join(Answer, Answer.response_id == Response.id)
            .where(Response.state == ResponseState.COMPLETE)
            .order_by(Copy.code, Answer.place)
        )
        for code, answer in rows:
            of_copy = found.setdefault(str(code), {})
            value = answer.option if answer.option is not None else answer.written
            if form.question(answer.question).kind == "several_choices":
                of_copy.setdefault(answer.question, []).append(value)  # type: ignore[attr-defined]
            else:
                of_copy[answer.question] = value
    return dict(found)


@pytest.mark.usefixtures("workers")
def test_what_was_filled_in_is_what_is_counted(
    store: Store, site: str, signed_in: Callable[[Role], Page], tmp_path: Path
) -> None:
    page = signed_in(Role.MANAGER)
    bring_in_households(page, site, tmp_path)
    open_a_campaign(page, site)
    print_copies(page, site)
    returned = {one.copy: one for one in filled_in(store)}
    scans = [one.encoded() for copy in returned.values() for one in copy.pages]
    (store.settings.inbox() / "scans.pdf").write_bytes(files.pdf(scans))
    wait_until_read(page, site)
    wrote = review(page, site, store, returned)
    say_when_it_came(page, site)
    kept = counted(store)
    assert kept == {copy: meant(one, wrote) for copy, one in returned.items()}
    page.goto(f"{site}/batches/1")
    expect(page.locator(".head").first).to_contain_text("done")
