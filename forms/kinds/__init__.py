"""The kinds of question, one file each: what its definition holds, and which answers can stand."""

from typing import Annotated

from pydantic import Field

from forms.kinds.code import Code
from forms.kinds.comment import Comment
from forms.kinds.consent import Consent
from forms.kinds.contact import ContactQuestion
from forms.kinds.date import Date
from forms.kinds.number import Number
from forms.kinds.one_choice import OneChoice
from forms.kinds.scale import ScaleQuestion
from forms.kinds.several_choices import SeveralChoices
from forms.kinds.short_text import ShortText
from forms.kinds.yes_no import YesNo

Question = Annotated[
    OneChoice
    | SeveralChoices
    | ScaleQuestion
    | YesNo
    | Number
    | Date
    | Code
    | ShortText
    | Comment
    | ContactQuestion
    | Consent,
    Field(discriminator="kind"),
]
"""A question of any kind, told apart by its `kind`."""

KINDS = (
    "one_choice",
    "several_choices",
    "scale",
    "yes_no",
    "number",
    "date",
    "code",
    "short_text",
    "comment",
    "contact",
    "consent",
)
