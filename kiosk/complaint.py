"""What is asked of whoever makes a complaint of what they said. Pure."""

from typing import Final

from forms.kinds.base import AnswerError
from forms.kinds.contact import ContactQuestion
from forms.texts import Text
from kiosk.sitting import Raw

COMPLAINT: Final = ContactQuestion(
    id="complaint", kind="contact", parts=("name", "phone"), ask=Text({"en": "How can we reach you?"})
)
"""Its words are those of `kiosk/wording`."""


def problem_of(raw: Raw) -> AnswerError | None:
    """Give why the way to reach who complains cannot be right; None where it can."""
    try:
        COMPLAINT.parse(raw, ())
    except AnswerError as error:
        return error
    return None
