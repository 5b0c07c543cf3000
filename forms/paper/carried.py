"""What a printing carries of itself; read without what it takes to print, which every reader would have to load."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import pikepdf
from pikepdf import Name, Pdf
from pydantic import StringConstraints

from forms.codes.machine import PRINTING_ALPHABET, PRINTING_LENGTH
from forms.definition import Form
from forms.errors import FormsError
from forms.loading import parse_form
from forms.paper.editions import EditionName, SizeName
from forms.texts import Model

ATTACHMENT: Final = "sayso-form.json"
"""The name under which a printing carries its own definition."""

ATTACHMENT_VERSION: Final = 1

ATTACHED_MAX: Final = 200_000
"""Bytes, packed; the longest form of the library has 12 thousand."""

DAMAGED: Final = "the definition inside this PDF is damaged, or from another Sayso: print the form again"


class PaperError(FormsError):
    """A form cannot be printed as it is asked for, or what a PDF of ours carries is damaged."""


class Carried(Model):
    """What a printing says of itself."""

    sayso: Literal[1]
    """The version of what is attached: another is from a Sayso that this one does not know."""
    printing: Annotated[str, StringConstraints(pattern=rf"^[{PRINTING_ALPHABET}]{{{PRINTING_LENGTH}}}$")]
    edition: EditionName
    size: SizeName
    language: str
    landlord: dict[str, str]
    form: Form
    torn_off_pages: tuple[int, ...]
    blank_pages: tuple[int, ...]


def carried_definition(pdf: Pdf) -> Carried | None:
    """Give what a PDF of ours carries of itself; None for any other PDF, `PaperError` when it is damaged."""
    if ATTACHMENT not in pdf.attachments:
        return None
    try:
        stream = pdf.attachments[ATTACHMENT].get_file().obj
        if len(stream.read_raw_bytes()) > ATTACHED_MAX:
            raise PaperError(DAMAGED)
        content = json.loads(stream.read_bytes())
        form = parse_form(json.dumps(content["form"], ensure_ascii=False).encode(), ATTACHMENT)
        return Carried.model_validate(content | {"form": form})
    except (FormsError, ValueError, KeyError, TypeError, RecursionError, pikepdf.PdfError) as error:
        raise PaperError(DAMAGED) from error


def attach(pdf: Pdf, content: Mapping[str, Any]) -> None:
    """Have a PDF carry the definition that it is read by."""
    attached = pikepdf.AttachedFileSpec(
        pdf,
        json.dumps(content, ensure_ascii=False).encode(),
        filename=ATTACHMENT,
        mime_type="application/json",
        description="The definition of this form, for Sayso to read it by",
        creation_date="",
        mod_date="",
    )
    attached.obj.AFRelationship = Name.Data
    pdf.attachments[ATTACHMENT] = attached
    pdf.Root.AF = pikepdf.Array([attached.obj])
