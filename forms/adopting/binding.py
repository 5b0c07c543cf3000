"""Which box of somebody else's PDF stands for which answer of the form that was made of it.

It is kept in a file beside the definition, so that the definition stays one like any other: what an officer mends in
the words needs no change here, only ids that are changed or questions that are merged do.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

from pydantic import TypeAdapter, ValidationError

from forms.adopting.errors import AdoptingError
from forms.definition import Form
from forms.layout.model import Box, Field, Kind

SUFFIX: Final = ".fields.json"
"""What stands in place of the definition's own suffix."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One field of the PDF: its name, page, kind and on-state, and what it stands for."""

    field: str
    page: int
    kind: Kind
    state: str
    question: str
    choice: str = ""
    """The id of the answer that a tick box stands for ("given" for a consent); "" where it is written."""
    part: str = ""
    """Which part of the answer is written here, as "day"; "" for all of it."""
    box_mm: Box | None = None
    """Where it is on its page; None in what an older Sayso adopted."""
    cells: int | None = None
    """How many cells a comb has."""

    @classmethod
    def of(cls, field: Field, question: str, choice: str = "", part: str = "") -> Self:
        """Bind a field to a question."""
        state = field.options[0] if field.options and field.kind in (Kind.CHECK, Kind.RADIO) else ""
        return cls(field.name, field.page, field.kind, state, question, choice, part, field.box_mm, field.comb_cells)


@dataclass(frozen=True, slots=True)
class Binding:
    """What every field of one PDF, known by its SHA-256, stands for."""

    pdf_sha256: str
    fields: tuple[Bound, ...]

    def is_of(self, content: bytes) -> bool:
        """Tell whether it is of that very PDF: in another the same names may stand for other boxes."""
        return hashlib.sha256(content).hexdigest() == self.pdf_sha256

    def to_json(self) -> str:
        """Give it as JSON text with a field a line."""
        lines = ",\n".join("  " + json.dumps(asdict(one), ensure_ascii=False) for one in self.fields)
        return f'{{"pdf_sha256": "{self.pdf_sha256}", "fields": [\n{lines}\n]}}\n'


_BINDING: Final = TypeAdapter(Binding)


def binding_path(definition: Path) -> Path:
    """Give where the binding of a definition is kept."""
    return definition.with_name(definition.stem + SUFFIX)


def load_binding(path: Path) -> Binding:
    """Give the binding in a file; raises AdoptingError when there is none to be read."""
    try:
        return binding_of_json(path.read_bytes())
    except OSError as error:
        raise AdoptingError(f"{path}: cannot be opened ({error.strerror}). Adopt the PDF again to make it.") from None
    except ValidationError:
        raise AdoptingError(f"{path}: this is not what 'sayso adopt' writes. Adopt the PDF again.") from None


def binding_of_json(content: bytes) -> Binding:
    """Give the binding that JSON text holds; raises `ValidationError`."""
    return _BINDING.validate_json(content)


def loose_ends(binding: Binding, form: Form) -> list[str]:
    """Say which fields stand for nothing in a form any more; nothing when all is in order."""
    choices = {
        question.id: {choice.id for choice in form.choices(question)} or {"given"} for question in form.questions
    }
    found = []
    for one in binding.fields:
        if one.question not in choices:
            found.append(f"the field '{one.field}' stands for '{one.question}', which the form does not ask")
        elif one.choice and one.choice not in choices[one.question]:
            found.append(f"a box of '{one.field}' stands for '{one.choice}', which '{one.question}' does not offer")
    return found
