"""What the machine made of writing, beside what officers decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.intake import Reading
from server.models.review import Correction, Doubt


@dataclass(frozen=True, slots=True)
class Checked:
    """One question: its id, the drafts of its places, and what an officer decided, as answers are kept."""

    question: str
    drafts: list[dict[str, Any]]
    decided: Any


def checked_drafts(session: Session) -> Iterator[Checked]:
    """Give every draft that an officer has decided about, the last decision of each that stands."""
    asked = (
        select(Reading.id, Reading.question, Reading.drafts, Correction.decided)
        .join(Doubt, Doubt.reading_id == Reading.id)
        .join(Correction, Correction.doubt_id == Doubt.id)
        .where(Reading.drafts.is_not(None), Correction.undone_at.is_(None))
        .order_by(Reading.id, Correction.id)
    )
    last = {
        number: Checked(question, drafts, decided)
        for number, question, drafts, decided in session.execute(asked)
        if drafts
    }
    yield from last.values()
