"""A response as rows: worked out before the writing begins, since others wait while one writes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from forms.kinds.consent import GIVEN
from server.alerting.noticing import alert_rows
from server.responses.apart import Apart
from server.responses.incoming import Incoming, Origin

FOLDED_MAX: Final = 200
"""What the column of folded names holds; a name's 80 letters can become three times as many."""

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A response made ready to be written; its rows lack its id."""

    uid: str
    content_sha256: str
    origin: Origin
    answers: tuple[Row, ...]
    contacts: tuple[Row, ...]
    apart: tuple[Apart, ...]
    alerts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    question: str
    place: int
    option: str | None = None
    written: str | None = None


def prepared(incoming: Incoming) -> Prepared:
    """Give a response as rows."""
    kept = incoming.kept()
    return Prepared(
        incoming.uid,
        incoming.content_sha256(),
        incoming.origin,
        answers=tuple(asdict(answer) for answer in _answers(kept, incoming)),
        contacts=tuple(
            {
                "question": question,
                "name_folded": (contact.name or "").casefold()[:FOLDED_MAX],
                "details": contact.as_dict(),
            }
            for question, contact in incoming.contacts().items()
        ),
        apart=tuple(
            Apart(answer.question, answer.option or answer.written or "")
            for answer in _answers(incoming.equality(), incoming)
        ),
        alerts=alert_rows(incoming.form, kept, incoming.origin.language),
    )


def _answers(values: Mapping[str, object], incoming: Incoming) -> tuple[_Answer, ...]:
    """Give the rows of answers: an option where the question is answered by choosing, what was written elsewhere."""
    return tuple(
        _answer(question, place, one, chosen=incoming.form.question(question).chooses)
        for question, value in values.items()
        for place, one in enumerate(value if isinstance(value, list) else [value])
    )


def _answer(question: str, place: int, value: object, *, chosen: bool) -> _Answer:
    if value is True:  # a ticked statement, kept as the word that its box delivers
        return _Answer(question, place, option=GIVEN)
    return _Answer(question, place, option=str(value)) if chosen else _Answer(question, place, written=str(value))
