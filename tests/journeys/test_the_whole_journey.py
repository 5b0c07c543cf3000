"""The whole journey in a real browser: a survey and a poll, from the first household to the figures of the year.

The site, the maker of print runs, the reader of scans and the kiosks are the real ones; simulated are pens and scanner.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from forms.answers import as_json, collect
from forms.definition import Form
from forms.loading import parse_form
from forms.paper.printing import print_form
from server.installation import kiosks, sites
from server.models.copies import Copy, PrintRun
from server.models.form_versions import FormVersion
from server.models.officers import Role
from server.models.responses import Answer, Response, ResponseState
from server.store import Store
from tests.demo.measures import measures, survey
from tests.journeys import office
from tests.journeys.kiosk import ByTouch, opened
from tests.journeys.settling import Reviewing, typed
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.returns import Return, simulated_return
from tests.paper.wear import WEARS
from tests.server.sittings.visitor import Place

HOMES, POLLS = 10, 5
"""So few that what comes by post has each wear once."""
AT_KIOSKS = 3
UNRETURNED = 2
CHECKED = 3
WEARS_OF_COPIES = ("everyday", "turned-180", "grey", "rotated-3", "noise-jpeg-60")

POLL = """\
form: bins
version: "1"
title: Your bins
languages: {en: final}
introduction: We want to know how your bins are. It takes one minute.
closing: Thank you.
sections:
  - id: bins
    questions:
      - id: missed
        kind: yes_no
        ask: Did we miss your bins in the last month?
      - id: wishes
        kind: several_choices
        ask: What would help?
        choices: {larger: A larger bin, often: Collections more often, reminder: A reminder the day before}
      - id: more
        kind: comment
        ask: What else would you like to say?
"""

Said = Mapping[str, object]


class AtOurKiosk(ByTouch):
    """Somebody with a letter that bears a copy code."""

    def __init__(self, page: Page, code: str) -> None:
        super().__init__(page)
        self.code = code

    def screens(self, campaign: int, said: Mapping[str, str]) -> Iterator[None]:
        """Answer one screen after the other."""
        self.press(f"begin {campaign}")
        while self.kind != "sent":
            yield
            if self.kind == "code":
                self.type(self.page.locator("[name=code]"), self.code.replace("-", ""))
                self.press("next")
            else:
                self.press("send" if self.kind == "check" else self.answered(said))
        self.press("leave")


@pytest.fixture
def people(chrome: Browser, store: Store, site: str) -> Iterator[tuple[Page, Page]]:
    """Give a manager and an officer, signed in."""
    anna = office.somebody(chrome, store, site, "anna", Role.MANAGER)
    ben = office.somebody(chrome, store, site, "ben", Role.OFFICER)
    yield anna, ben
    anna.context.close()
    ben.context.close()


def said_at_kiosks(form: Form) -> list[dict[str, str]]:
    """Give what three people say: one is content, one is not, one skips half."""
    scales = [one for one in form.questions if len(form.choices(one)) > 4]
    content, discontent = ({one.id: form.choices(one)[place].id for one in scales} for place in (0, 4))
    ways = {"repair_done": "yes", "complaint_made": "no", "communal_areas": "yes"}
    return [content | ways, discontent | ways, {"overall": "neither", "complaint_made": "no"}]


def visit(
    chrome: Browser, site: str, places: Sequence[Place], campaign: int, people: Sequence[tuple[str, Said]]
) -> None:
    """Have somebody at each kiosk answer at the same time, screen by screen in turns."""
    pages = [opened(chrome, site, place) for place in places]
    turns = [
        AtOurKiosk(page, code).screens(campaign, {name: str(value) for name, value in said.items()})
        for page, (code, said) in zip(pages, people, strict=True)
    ]
    while turns:
        turns = [one for one in turns if next(one, self_ended := object()) is not self_ended]
    for page in pages:
        page.context.close()


def returned_of(store: Store, campaign: int, form: Form, seed: int, count: int) -> list[Return]:
    """Give the first copies of a campaign's run, filled in and worn."""
    with store.reading() as session:
        codes = session.scalars(
            select(Copy.code).join(PrintRun).where(PrintRun.campaign_id == campaign).order_by(Copy.number)
        ).all()
    printing = print_form(form, store.settings.who())
    return [
        simulated_return(
            printing, seed + at, WEARS[WEARS_OF_COPIES[at % len(WEARS_OF_COPIES)]], Family.JUDGING, copy=code
        )
        for at, code in enumerate(codes[:count])
    ]


def kept(store: Store) -> dict[str, dict[str, object]]:
    """Give the answers that count, by the code of the copy."""
    found: dict[str, dict[str, object]] = {}
    with store.reading() as session:
        rows = session.execute(
            select(Copy.code, Answer, FormVersion)
            .join(Response, Response.copy_id == Copy.id)
            .join(FormVersion, FormVersion.id == Response.form_version_id)
            .join(Answer, Answer.response_id == Response.id)
            .where(Response.state == ResponseState.COMPLETE)
            .order_by(Copy.code, Answer.place)
        )
        for code, answer, version in rows:
            of_copy = found.setdefault(str(code), {})
            form = parse_form(version.definition.encode(), version.name)
            value = answer.option if answer.option is not None else answer.written
            if form.question(answer.question).kind == "several_choices":
                of_copy.setdefault(answer.question, []).append(value)  # type: ignore[attr-defined]
            else:
                of_copy[answer.question] = value
    return found


def meant(form: Form, raw: Said) -> dict[str, object]:
    """Give the answers that count of what somebody meant."""
    answers = collect(form, dict(raw))
    assert not answers.problems
    return {name: as_json(value) for name, value in answers.values.items()}


def on_paper(form: Form, one: Return, wrote: set[tuple[str, str]]) -> dict[str, object]:
    """Give what must be kept of a copy: what the pen meant, and what an officer typed."""
    raw = dict[str, object]({truth.question: truth.value for truth in one.questions})
    for copy, question in wrote:
        if copy == one.copy:
            fields = typed(form.question(question), copy)
            raw[question] = fields.get("written", fields)
    return meant(form, raw)


def shown_measures(page: Page, site: str) -> dict[str, tuple[str, int]]:
    """Read the measures off the page of figures."""
    page.goto(f"{site}/figures/measures")
    rows = page.locator("table").first.locator("tbody tr").all()
    cells = [[cell.inner_text().strip() for cell in row.locator("th, td").all()] for row in rows]
    return {row[0].split()[0]: (row[1], int(row[3])) for row in cells}


def check_quality(page: Page, site: str, reviewing: Reviewing) -> str:
    """Draw a few accepted answers and read them again; give what is said of all."""
    page.goto(f"{site}/checks/batches/1")
    page.locator("summary").click()
    page.fill("#count", str(CHECKED))
    with page.expect_navigation():
        office.press(page, "Draw them")
    while "/checks/looks/" in page.url:
        reviewing.look_again(page)
    return page.locator(".statement").first.inner_text()


def test_from_the_first_household_to_the_figures_of_the_year(
    chrome: Browser, store: Store, site: str, people: tuple[Page, Page], tmp_path: Path
) -> None:
    anna, ben = people
    places = [sites.add(store, f"Site {number}", by=None) for number in range(AT_KIOSKS)]
    keys = [kiosks.add(store, place.name, place.id, by=None) for place in places]
    office.bring_in_households(anna, site, tmp_path, HOMES)
    forms = []
    for name, text in (("survey", survey("our-survey")), ("poll", POLL)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        forms.append((office.put_in_form(anna, site, tmp_path / f"{name}.yaml"), parse_form(text.encode(), name)))
    (survey_name, our_survey), (poll_name, our_poll) = forms
    surveyed = office.open_a_campaign(anna, site, survey_name, "Survey", ("paper", "kiosk"), invited=True)
    polled = office.open_a_campaign(anna, site, poll_name, "Bins", invited=False)

    with office.workers(store):
        office.print_copies(anna, site, surveyed)
        office.print_copies(anna, site, polled, "copies", POLLS)
        surveys = returned_of(store, surveyed, our_survey, 501, HOMES - UNRETURNED)
        by_kiosk, by_post = surveys[:AT_KIOSKS], surveys[AT_KIOSKS:]
        polls = returned_of(store, polled, our_poll, 601, POLLS)
        scans = [page.encoded() for copy in [*by_post, *polls] for page in copy.pages]
        (store.settings.inbox() / "scans.pdf").write_bytes(files.pdf(scans))
        said = said_at_kiosks(our_survey)
        at = [Place(place.id, key.kiosk_id, key.key, {}) for place, key in zip(places, keys, strict=True)]
        visit(chrome, site, at, surveyed, [(one.copy, words) for one, words in zip(by_kiosk, said, strict=True)])
        office.wait_until_read(anna, site)

    reviewing = Reviewing(
        store,
        {one.copy: our_survey for one in by_post} | {one.copy: our_poll for one in polls},
        {one.copy: one for one in [*by_post, *polls]},
    )
    reviewing.review([anna, ben], site)
    office.say_when_it_came(anna, site)
    truth = {one.copy: on_paper(reviewing.forms[one.copy], one, reviewing.wrote) for one in [*by_post, *polls]}
    truth |= {one.copy: meant(our_survey, words) for one, words in zip(by_kiosk, said, strict=True)}
    assert kept(store) == {code: answers for code, answers in truth.items() if answers}

    assert check_quality(ben, site, reviewing).startswith("With 95 % confidence at most")
    ben.goto(f"{site}/checks/batches/1")
    assert "Read in two ways (" not in ben.inner_text("main")

    heard = [truth[one.copy] for one in surveys]
    assert shown_measures(anna, site) == measures(our_survey, heard)
    anna.goto(f"{site}/results/{surveyed}")
    assert f"{HOMES - UNRETURNED}" in anna.locator(".figures").first.inner_text()
    report = anna.request.get(f"{site}/reports/results.pdf")
    assert report.ok
    assert report.body().startswith(b"%PDF")
