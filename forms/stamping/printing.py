"""Stamping in a limited child: what stands in a stranger's PDF is never opened here."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from forms.adopting.binding import Binding, binding_of_json
from forms.adopting.errors import AdoptingError
from forms.definition import Form
from forms.errors import FormsError
from forms.loading import parse_form
from forms.sandbox import Limits, run_limited
from forms.stamping.sheets import stamped
from forms.stamping.unmarked import unmarked

LIMITS: Final = Limits(memory_mb=1_000, cpu_s=30, wall_s=45)
"""A form of 16 pages takes 2 s."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A printing that shows somebody else's pages: its name, as in machine codes where it bears any, and its PDF."""

    name: str
    pdf: bytes


def stamp(content: bytes, form: Form, binding: Binding, copies: Sequence[str] = ()) -> Stamped:
    """Give somebody else's PDF with our marks and codes, as a printing of the form that it was adopted as.

    With `copies`, copy codes as printed, a run of them. Raises AdoptingError where that cannot be; its words say why.
    """
    return _made("stamped_json", content, form, binding, copies)


def as_printed_by_others(content: bytes, form: Form, binding: Binding) -> Stamped:
    """Give their pages as they are, as a printing that what others printed of them is read by.

    Raises AdoptingError where that cannot be; its words say why.
    """
    return _made("unmarked_json", content, form, binding)


def _made(how: str, content: bytes, form: Form, binding: Binding, copies: Sequence[str] = ()) -> Stamped:
    asked = {
        "pdf": base64.b64encode(content).decode(),
        "form": form.canonical(),
        "binding": binding.to_json(),
        "copies": [*copies],
    }
    try:
        told = run_limited(f"forms.stamping.printing:{how}", json.dumps(asked).encode(), LIMITS, refusal=FormsError)
    except FormsError as error:
        raise AdoptingError(str(error)) from None
    return Stamped(told["name"], base64.b64decode(told["pdf"]))


def stamped_json(file: BinaryIO) -> dict[str, str]:
    """Put our marks on them, in the child."""
    content, form, binding, copies = _asked(file)
    return _told(*stamped(content, form, binding, copies))


def unmarked_json(file: BinaryIO) -> dict[str, str]:
    """Leave them as they are, in the child."""
    content, form, binding, _ = _asked(file)
    return _told(*unmarked(content, form, binding))


def _asked(file: BinaryIO) -> tuple[bytes, Form, Binding, list[str]]:
    asked = json.load(file)
    form = parse_form(asked["form"].encode(), "the form")
    return base64.b64decode(asked["pdf"]), form, binding_of_json(asked["binding"].encode()), asked["copies"]


def _told(name: str, pdf: bytes) -> dict[str, str]:
    return {"name": name, "pdf": base64.b64encode(pdf).decode()}
