"""Screens of every kind, made up, in English, Polish and Arabic: to look at and to look for what shuts people out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from kiosk.screens import (
    Act,
    Bar,
    Button,
    Given,
    Kind,
    Line,
    Pledge,
    Progress,
    Row,
    Rows,
    Screen,
    Typing,
    Words,
)
from tests.kiosk.look.phrases import PHRASES

LANDLORD: Final = "Melton Borough Council"


class Made:
    """Screens in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def text(self, key: str) -> str:
        """Give a phrase in this language."""
        return PHRASES[key][("en", "pl", "ar").index(self.language)]

    def words(self, key: str) -> Words:
        """Give a phrase with its clip."""
        return as_words(self.text(key), self.language)

    def button(self, act: Act, key: str, value: str = "", *, is_main: bool = False, is_chosen: bool = False) -> Button:
        return Button(act, self.words(key), value, is_main, is_chosen)

    def moves(self, *names: str) -> tuple[Button, ...]:
        """Give Back, Skip, Next, Send and the like; the last one is the filled one."""
        return tuple(self.button(Act(name), name, is_main=name == names[-1]) for name in names)

    def rows(self, *keys: str, chosen: Sequence[int] = (1,), several: bool = False, faces: bool = False) -> Rows:
        """Give answers to choose from."""
        rows = tuple(
            Row(f"v{at}", self.words(key), at in chosen, face=at + 1 if faces and at < 5 else None)
            for at, key in enumerate(keys)
        )
        return Rows("answer", rows, takes_several=several)

    def screen(self, kind: Kind, heading: str, **parts: object) -> Screen:
        """Give a screen."""
        given: dict[str, object] = {"form": self.words("form"), **parts}
        return Screen(kind, 7, self.words(heading), LANDLORD, **given)  # type: ignore[arg-type]

    def question(self, heading: str, *fields: Rows | Line, at: int = 3, helps: str | None = None) -> Screen:
        """Give a question."""
        return self.screen(
            Kind.QUESTION,
            heading,
            fields=fields,
            paragraphs=(self.words(helps),) if helps else (),
            progress=Progress(as_words(self.text("progress").format(at), self.language), at, 12),
            moves=self.moves("back", "skip", "next"),
        )


def as_words(text: str, language: str) -> Words:
    """Give words with the name of their clip."""
    return Words(text, sha256(f"{language}\n{text}".encode()).hexdigest())


SATISFACTION: Final = ("very_sat", "fairly_sat", "neither", "fairly_dis", "very_dis")


def _start(made: Made) -> Screen:
    begin = tuple(
        Button(Act.BEGIN, made.words(key), str(at), detail=made.words(f"{key}_detail"))
        for at, key in enumerate(("campaign_tsm", "campaign_poll"), 1)
    )
    pledges = tuple(Pledge(made.words(f"said_{at}"), made.words(f"did_{at}")) for at in (1, 2))
    return made.screen(
        Kind.START, "start", form=None, paragraphs=(made.words("start_line"),), buttons=begin, pledges=pledges
    )


def _check(made: Made) -> Screen:
    change = made.button(Act.CHANGE, "change", "overall")
    given = (
        Given(made.words("tsm"), (made.words("fairly_sat"),), change),
        Given(made.words("short_question"), (), change),
        Given(made.words("several_question"), (made.words("letter"), made.words("email_way")), change),
        Given(made.words("comment_question"), (as_words(made.text("comment_said"), made.language),), change),
    )
    return made.screen(Kind.CHECK, "check", given=given, moves=made.moves("back", "send"))


def _line(typing: Typing, **parts: object) -> Line:
    given: dict[str, object] = {"name": "answer", "value": "", "length": 200, **parts}
    return Line(typing=typing, **given)  # type: ignore[arg-type]


def _date(made: Made) -> Screen:
    parts = [
        _line(
            Typing.NUMBER,
            name=f"when.{part}",
            label=made.words(part),
            is_short=True,
            length=length,
            problem=made.words("phone_wrong") if part == "day" else None,
        )
        for part, length in (("day", 2), ("month", 2), ("year", 4))
    ]
    return replace(made.question("date_question", *parts), problem=made.words("phone_wrong"))


def _contact(made: Made) -> Screen:
    return made.question(
        "contact_question",
        _line(Typing.TEXT, name="contact.name", label=made.words("name")),
        _line(Typing.TEXT, name="contact.address", label=made.words("address"), is_long=True),
        _line(Typing.PHONE, name="contact.phone", label=made.words("phone"), problem=made.words("phone_wrong")),
        _line(Typing.EMAIL, name="contact.email", label=made.words("email")),
        helps="contact_use",
    )


def _wrong(made: Made) -> Screen:
    number = _line(Typing.NUMBER, value="x7", length=4, unit=made.words("people"), problem=made.words("number_wrong"))
    return made.question("number_question", number)


def _speech(made: Made) -> Screen:
    named = (
        ("aloud:asked", "aloud_asked", True),
        ("aloud:always", "aloud_always", False),
        ("aloud:keys", "aloud_keys", False),
        *((f"speed:{speed}", f"speed_{speed}", speed == "normal") for speed in ("slow", "normal", "fast")),
        *((f"volume:{level}", f"volume_{level}", level == 3) for level in range(1, 6)),
    )
    buttons = tuple(made.button(Act.SPEECH, key, value, is_chosen=chosen) for value, key, chosen in named)
    return made.screen(Kind.SPEECH, "speech", buttons=buttons, moves=made.moves("close"))


def _languages(made: Made) -> Screen:
    names = (("en", "English"), ("pl", "Polski"), ("ar", "العربية"))
    buttons = tuple(
        Button(Act.LANGUAGE, Words(name, code * 32, code), code, is_chosen=code == made.language)
        for code, name in names
    )
    return made.screen(Kind.LANGUAGE, "language", buttons=buttons, moves=made.moves("close"))


def _results(made: Made) -> Screen:
    shares = (("letter", 41), ("newsletter", 12), ("text_message", 30), ("email_way", 17))
    bars = tuple(Bar(made.words(key), count, count) for key, count in shares)
    return made.screen(
        Kind.RESULTS, "results", bars=bars, paragraphs=(made.words("not_all"),), moves=made.moves("leave")
    )


def _sent(made: Made) -> Screen:
    return made.screen(
        Kind.SENT,
        "sent",
        receipt="R7KQ4 M29X",
        paragraphs=(made.words("receipt_line"), made.words("complain_line")),
        buttons=(made.button(Act.COMPLAIN, "complain"), made.button(Act.RESULTS, "see_results")),
        moves=made.moves("leave"),
    )


def _simple(kind: Kind, heading: str, line: str, *moves: str) -> Callable[[Made], Screen]:
    def make(made: Made) -> Screen:
        return made.screen(kind, heading, form=None, paragraphs=(made.words(line),), moves=made.moves(*moves))

    return make


def _code(made: Made) -> Screen:
    line = _line(Typing.CODE, name="code", length=20)
    return made.screen(
        Kind.CODE, "code", fields=(line,), paragraphs=(made.words("code_line"),), moves=made.moves("back", "next")
    )


def _helped(made: Made) -> Screen:
    rows = made.rows("helped_no", "helped_family", "helped_staff", "helped_other", chosen=())
    return made.screen(Kind.HELPED, "helped", fields=(rows,), moves=made.moves("back", "skip", "next"))


def _complaint(made: Made) -> Screen:
    lines = tuple(
        _line(typing, name=f"complaint.{key}", label=made.words(key))
        for typing, key in ((Typing.TEXT, "name"), (Typing.PHONE, "phone"))
    )
    return made.screen(
        Kind.COMPLAINT,
        "complaint",
        fields=lines,
        paragraphs=(made.words("complaint_line"),),
        moves=made.moves("skip", "send"),
    )


def _set_up(made: Made) -> Screen:
    rows = Rows(
        "kiosk", (Row("1", as_words("Wymondham Centre", "en"), False), Row("2", as_words("Elm Court", "en"), False))
    )
    return made.screen(Kind.SET_UP, "set_up", form=None, fields=(rows,), moves=made.moves("next"))


SCREENS: Final[dict[str, Callable[[Made], Screen]]] = {
    "start": _start,
    "about": _simple(Kind.ABOUT, "about", "about_line", "back", "next"),
    "code": _code,
    "helped": _helped,
    "scale": lambda made: made.question("tsm", made.rows(*SATISFACTION), helps="tsm_help"),
    "scale of six": lambda made: made.question("long_tsm", made.rows(*SATISFACTION, "not_applicable")),
    "faces": lambda made: made.question("faces_question", made.rows(*SATISFACTION, faces=True), at=1),
    "yes or no": lambda made: made.question("short_question", made.rows("yes", "no", chosen=())),
    "several": lambda made: made.question(
        "several_question",
        made.rows("letter", "newsletter", "text_message", "email_way", "other", several=True, chosen=(0, 3)),
    ),
    "twelve": lambda made: made.question(
        "short_question",
        made.rows(*SATISFACTION, "not_applicable", "letter", "newsletter", "text_message", "email_way", "other", "no"),
    ),
    "comment": lambda made: made.question("comment_question", _line(Typing.TEXT, is_long=True, length=2000), at=11),
    "number": _wrong,
    "date": _date,
    "contact": _contact,
    "check": _check,
    "sent": _sent,
    "results": _results,
    "complaint": _complaint,
    "still there": _simple(Kind.STILL_THERE, "still_there", "still_there_line", "leave", "more_time"),
    "language": _languages,
    "help": _simple(Kind.HELP, "help_title", "help_line", "close"),
    "speech": _speech,
    "not now": _simple(Kind.NOT_NOW, "not_now", "not_now_line", "next"),
    "set up": _set_up,
}
"""Every kind of screen and of question, by a name."""
