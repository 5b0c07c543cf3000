"""A person at the kiosk in a browser: by touch, by keyboard, by four keys and ear, or without scripts."""

import io
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Browser, Locator, Page, Route
from sqlalchemy import select

from forms.landlord import Landlord
from server.models.equality import EqualityAnswer
from server.models.responses import Answer, ContactDetails
from server.store import Store
from tests.server.filling import form_of
from tests.server.sittings.visitor import Place

TSM: Final = "tsm-2026-27"
SAID: Final[Mapping[str, str | Mapping[str, str]]] = {
    "overall": "fairly_satisfied",
    "repair_done": "yes",
    "repairs_service": "very_satisfied",
    "repair_time": "neither",
    "well_maintained": "very_dissatisfied",
    "safe_home": "not_applicable",
    "listens": "fairly_dissatisfied",
    "fair_and_respectful": "strongly_agree",
    "complaint_made": "no",
    "communal_areas": "dont_know",
    "antisocial_behaviour": "neither",
    "comment": "to po",
    "contact_me": "yes",
    "contact": {"contact.name": "to"},
    "age_band": "from_25_to_34",
    "cares_for": "older_person",
}
"""What everybody says; all other questions are skipped."""

DETAILS: Final = Landlord().details()
SENT: Final = "Thank you. Your answers are sent"
WAY_ON: Final = {
    "Before you begin": "Begin",
    "Is someone helping you?": "Skip",
    "Check your answers": "Send my answers",
}
"""What to take on the screens that ask nothing, by what they are called."""

REST_MS: Final = 700
"""After so long on a screen, a touch counts."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database holds in the end."""

    answers: Mapping[str, tuple[str, ...]]
    contacts: Mapping[str, Any]
    apart: Mapping[str, str]


def stored(store: Store) -> Stored:
    """Give the answers, contact details and equality answers of all responses."""
    with store.reading() as session:
        answers: dict[str, tuple[str, ...]] = {}
        for one in session.scalars(select(Answer).order_by(Answer.question, Answer.place)):
            answers[one.question] = (*answers.get(one.question, ()), one.option or one.written or "")
        contacts = {one.question: one.details for one in session.scalars(select(ContactDetails))}
        apart = {one.question: one.option for one in session.scalars(select(EqualityAnswer))}
    return Stored(answers, contacts, apart)


def opened(chrome: Browser, site: str, place: Place, window: tuple[int, int] = (1080, 1920), **how: Any) -> Page:
    """Give a touch screen at its start screen, with time that can be moved on; sounds last 30 ms."""
    context = chrome.new_context(viewport={"width": window[0], "height": window[1]}, has_touch=True, **how)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.route("**/kiosk/clips/*", _short_sound)
    page.route("**/kiosk/say", _short_sound)
    has_scripts = how.get("java_script_enabled", True)
    if has_scripts:
        page.clock.install()
    page.goto(f"{site}/kiosk/set-up")
    page.fill("[name=key]", place.key)
    if has_scripts:
        page.clock.fast_forward(REST_MS)
    page.press("[name=key]", "Enter")
    page.wait_for_selector("form.kind-start")
    page.wait_for_load_state()  # the screen shows before its scripts run, and a key pressed between goes nowhere
    return page


def _short_sound(route: Route) -> None:
    route.fulfill(status=200, content_type="audio/wav", body=_SOUND)


def _wav() -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x01\x00" * 240)
    return buffer.getvalue()


_SOUND: Final = _wav()


PLAYED_AT_ONCE: Final = """() => { window.Audio = class {
  constructor(address) { this.address = address; this.ended = false; }
  pause() { this.isStopped = true; this.onpause?.(); }
  async play() {
    await null;
    if (this.isStopped) return;
    this.onplaying?.();
    this.ended = true;
    this.onended?.();
  }
}; }"""
"""In place of the browser's player where a test hears hundreds of clips: each is over as soon as it begins."""


class AtKiosk:
    """What all ways have in common: each answers the questions that come until all is sent."""

    def __init__(self, page: Page, language: str = "en") -> None:
        self.page = page
        self.language = language

    @property
    def kind(self) -> str:
        return self.page.locator("#screen").get_attribute("data-kind") or ""

    @property
    def turn(self) -> str:
        return self.page.locator("#screen").get_attribute("data-turn") or ""

    def press(self, act: str) -> None:
        """Press one button of the screen, and wait for the next screen."""
        turn = self.turn
        self.use(self.page.locator(f'.screen button[name=act][value="{act}"]:visible').first)
        self.page.wait_for_selector(f'#screen:not([data-turn="{turn}"])')

    def answer_all(self, said: Mapping[str, str | Mapping[str, str]], campaign: int) -> str:
        """Answer what is asked; give the receipt."""
        self.press(f"begin {campaign}")
        while self.kind != "sent":
            self.press("send" if self.kind == "check" else self.answered(said))
        return self.page.locator(".receipt").inner_text()

    def answered(self, said: Mapping[str, str | Mapping[str, str]]) -> str:
        """Answer the question on the screen; give what to press then."""
        if self.kind != "question":
            return "skip" if self.kind == "helped" else "next"
        names = self.page.locator(".main [name]").evaluate_all("all => all.map(one => one.name)")
        for question, value in said.items():
            for name, words in value.items() if isinstance(value, Mapping) else [(question, value)]:
                if name in names:
                    self.put(name, words)
                    return "next"
        return "skip"

    def put(self, name: str, words: str) -> None:
        """Choose an answer, or type one."""
        row = self.page.locator(f'label.row:has(input[name="{name}"][value="{words}"])')
        if row.count():
            self.choose(row)
        else:
            self.type(self.page.locator(f'[name="{name}"]'), words)

    def use(self, button: Locator) -> None:
        raise NotImplementedError

    def choose(self, row: Locator) -> None:
        raise NotImplementedError

    def type(self, field: Locator, words: str) -> None:
        raise NotImplementedError


class ByTouch(AtKiosk):
    """Touches the glass, as anybody does, and waits between two touches."""

    def use(self, button: Locator) -> None:
        self.page.clock.fast_forward(REST_MS)
        button.tap()

    def choose(self, row: Locator) -> None:
        self.use(row)
        assert row.locator("input").is_checked()

    def type(self, field: Locator, words: str) -> None:
        self.use(field)
        for letter in words:
            self.page.clock.fast_forward(REST_MS)
            self.page.locator(f'.board [data-skbtn="{"{space}" if letter == " " else letter}"]').tap()
        self.page.locator('.board [data-skbtn="{done}"]').tap()
        assert field.input_value() == words


class ByKeyboard(AtKiosk):
    """Tab, the arrows, Space and Enter of a real keyboard."""

    def tab_to(self, wanted: Locator) -> None:
        for _ in range(60):
            if wanted.evaluate("one => one.contains(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {wanted}")

    def use(self, button: Locator) -> None:
        self.tab_to(button)
        self.page.clock.fast_forward(REST_MS)
        self.page.keyboard.press("Enter")

    def choose(self, row: Locator) -> None:
        group = self.page.locator('.group:has(input[value="{}"])'.format(row.locator("input").get_attribute("value")))
        many = row.locator("input").get_attribute("type") == "checkbox"
        self.tab_to(row if many else group)
        self.page.clock.fast_forward(REST_MS)
        while not row.locator("input").is_checked():
            on_it = row.evaluate("one => one.contains(document.activeElement)")
            self.page.keyboard.press("Space" if on_it else "ArrowDown")

    def type(self, field: Locator, words: str) -> None:
        self.tab_to(field)
        self.page.keyboard.type(words)


class WithoutScripts(AtKiosk):
    """A browser that runs no scripts: every touch is a page of its own."""

    def use(self, button: Locator) -> None:
        button.tap()

    def choose(self, row: Locator) -> None:
        row.tap()

    def type(self, field: Locator, words: str) -> None:
        field.fill(words)


class ByEar(AtKiosk):
    """Never looks: decides from what was played, and has four keys."""

    KEYS: Final = {"next": "ArrowDown", "back": "ArrowUp", "choose": "Enter", "repeat": "ArrowLeft"}
    STEPS_MAX: Final = 80

    def hear(self) -> list[str]:
        """Give what was said since it was last asked, once it is silent."""
        heard: list[str] = []
        for _ in range(2000):
            is_speaking, said = self.page.evaluate("[sayso.isSpeaking(), saysoSpoken.splice(0).map(one => one.text)]")
            heard += said
            if heard and not is_speaking:
                return heard
        raise AssertionError("nothing was said")

    def key(self, key: str) -> list[str]:
        self.page.keyboard.press(self.KEYS[key])
        return self.hear()

    def find(self, words: str) -> list[str]:
        """Step on until something is heard; give all that was said of it."""
        for _ in range(self.STEPS_MAX):
            heard = self.key("next")
            if words in heard:
                return heard
        raise AssertionError(f"{words!r} was never heard")

    def take(self, words: str) -> list[str]:
        """Find something and choose it."""
        self.find(words)
        self.page.clock.fast_forward(REST_MS)
        return self.key("choose")

    def spell(self, words: str) -> None:
        """Type by the keys on the screen, each of which is said."""
        heard = self.take("Nothing is typed")
        for letter in words:
            wanted = "Space" if letter == " " else letter.upper()
            if wanted not in heard:
                self.find(wanted)
            self.page.clock.fast_forward(REST_MS)
            heard = self.key("choose")
        assert words in self.take("Done")

    def survey(self, said: Mapping[str, str | Mapping[str, str]], form_name: str = TSM) -> str:
        """Answer a whole survey by ear; give the receipt as it was read out."""
        form = form_of(form_name)
        asked = {question.ask.filled("en", DETAILS): question for question in form.questions}
        self.page.keyboard.press("ArrowLeft")
        self.page.wait_for_selector('form.kind-start[data-aloud="keys"]')
        assert "Use four keys." in " ".join(self.hear())
        heard = self.take(form.title["en"])
        while SENT not in heard:
            question = next((asked[one] for one in heard if one in asked), None)
            on = (
                next((WAY_ON[one] for one in heard if one in WAY_ON), "")
                if question is None
                else self.says(question, said)
            )
            heard = self.take(on)
        return "".join(self.receipt())

    def says(self, question: Any, said: Mapping[str, str | Mapping[str, str]]) -> str:
        """Answer one question; give the word of the button to go on with."""
        value = said.get(question.id)
        if value is None:
            return "Skip"
        if isinstance(value, Mapping):
            self.spell(next(iter(value.values())))
        elif question.kind == "comment":
            self.spell(value)
        else:
            label = next(one for one in form_of(TSM).choices(question) if one.id == value).label
            assert self.take(label.filled("en", DETAILS)) == ["Chosen"]
        return "Next"

    def receipt(self) -> list[str]:
        for _ in range(self.STEPS_MAX):
            heard = self.key("next")
            if len(heard) > 5 and all(len(one) == 1 for one in heard):
                return heard
        raise AssertionError("no receipt was read out")
