"""Officers who review by keyboard alone, as people would who see on the paper what the pen meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Page
from sqlalchemy import select

from forms.definition import Form
from forms.kinds import Question
from server.models.copies import Copy
from server.models.intake import Page as PageRow
from server.models.intake import Reading, Return
from server.models.review import Doubt, SecondLook
from server.returns.judging import WRITTEN
from server.store import Store
from tests.paper.returns import Return as Returned

UNSEEN_MS = 260
"""A key that comes sooner after a new picture was meant for the last one."""


@dataclass
class Reviewing:
    """What came back, and what officers made of it."""

    store: Store
    forms: Mapping[str, Form]
    """The form of each copy, by its code."""
    returned: Mapping[str, Returned]
    wrote: set[tuple[str, str]] = field(default_factory=set)
    """What was typed: copy and question."""

    def review(self, pages: Sequence[Page], site: str) -> None:
        """Settle all doubts, the officers in turns."""
        for page in pages:
            page.goto(f"{site}/review/")
            start = page.get_by_role("button", name="Start with all batches")
            if start.count():
                start.click()
        while busy := [page for page in pages if re.search(r"/review/\d+$", page.url)]:
            for page in busy:
                self.settle(page)

    def settle(self, page: Page) -> None:
        """Settle the doubt that is shown."""
        with self.store.reading() as session:
            doubt = session.get_one(Doubt, int(page.url.rpartition("/")[2]))
            copy = str(session.scalars(select(Copy.code).join(Return).where(Return.id == doubt.return_id)).one())
        before = page.url
        wait_until_seen(page)
        if doubt.reason == WRITTEN:
            self.type(page, copy, doubt.question)
        else:
            self.answer(page, copy, doubt.question)
        page.wait_for_function("before => location.href !== before", arg=before)

    def look_again(self, page: Page) -> None:
        """Read the answer of a quality check that is shown."""
        with self.store.reading() as session:
            copy, question = session.execute(
                select(Copy.code, Reading.question)
                .select_from(SecondLook)
                .join(Reading, Reading.id == SecondLook.reading_id)
                .join(PageRow, PageRow.id == Reading.page_id)
                .join(Return, Return.id == PageRow.return_id)
                .join(Copy, Copy.id == Return.copy_id)
                .where(SecondLook.id == int(page.url.rpartition("/")[2].partition("?")[0]))
            ).one()
        before = page.url
        wait_until_seen(page)
        self.answer(page, str(copy), question)
        page.wait_for_function("before => location.href !== before", arg=before)

    def type(self, page: Page, copy: str, question: str) -> None:
        """Type what is written."""
        self.wrote.add((copy, question))
        for name, words in typed(self.forms[copy].question(question), copy).items():
            page.locator(f"#{name}").focus()
            page.keyboard.type(words)
        page.keyboard.press("Control+Enter")

    def answer(self, page: Page, copy: str, question: str) -> None:
        """Press the keys of what the pen meant; blank where nobody could tell."""
        form = self.forms[copy]
        truth = next(one for one in self.returned[copy].questions if one.question == question)
        options = [choice.id for choice in form.choices(form.question(question))] or ["given"]
        chosen = (truth.value,) if isinstance(truth.value, str) else truth.value or ()
        for option in chosen:
            page.keyboard.press(str(options.index(option) + 1))
        if not chosen:
            page.keyboard.press("b")
        elif isinstance(truth.value, tuple):
            page.keyboard.press("Enter")


def wait_until_seen(page: Page) -> None:
    """Wait until keys count for what is shown."""
    page.wait_for_load_state()
    page.wait_for_selector(".htmx-request, .htmx-swapping, .htmx-settling", state="detached")
    page.wait_for_timeout(UNSEEN_MS)


def typed(question: Question, copy: str) -> dict[str, str]:
    """Give what the officer types for a question that was written in, by field."""
    if question.kind == "date":
        return {"day": "1", "month": "6", "year": "2026"}
    return {"written": "12" if question.kind == "number" else f"Words of {copy}"}
