"""Stamping in a limited child: what stands in a stranger's PDF is never opened here."""

import base64
import json
from dataclasses import dataclass
from typing import BinaryIO, Final

from forms.adopting.binding import Binding, binding_of_json
from forms.adopting.errors import AdoptingError
from forms.definition import Form
from forms.errors import FormsError
from forms.loading import parse_form
from forms.sandbox import Limits, run_limited
from forms.stamping.sheets import stamped

LIMITS: Final = Limits(memory_mb=1_000, cpu_s=30, wall_s=45)
"""A form of 16 pages takes 2 s."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A printing that bears somebody else's pages: its name in machine codes, and its PDF."""

    name: str
    pdf: bytes


def stamp(content: bytes, form: Form, binding: Binding) -> Stamped:
    """Give somebody else's PDF with our marks and codes, as a printing of the form that it was adopted as.

    Raises AdoptingError where that cannot be; its words say why.
    """
    asked = {
        "pdf": base64.b64encode(content).decode(),
        "form": form.canonical(),
        "binding": binding.to_json(),
    }
    try:
        told = run_limited(
            "forms.stamping.printing:stamped_json", json.dumps(asked).encode(), LIMITS, refusal=FormsError
        )
    except FormsError as error:
        raise AdoptingError(str(error)) from None
    return Stamped(told["name"], base64.b64decode(told["pdf"]))


def stamped_json(file: BinaryIO) -> dict[str, str]:
    """Do it, in the child."""
    asked = json.load(file)
    form = parse_form(asked["form"].encode(), "the form")
    name, pdf = stamped(base64.b64decode(asked["pdf"]), form, binding_of_json(asked["binding"].encode()))
    return {"name": name, "pdf": base64.b64encode(pdf).decode()}
