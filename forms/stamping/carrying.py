"""The definition that a printing of somebody else's pages carries, as each of our own printings does."""

import json
from typing import Any, Final

from forms.definition import Form
from forms.paper.carried import ATTACHMENT_VERSION
from forms.paper.editions import EditionName, SizeName

SIZE: Final = SizeName.A4
"""Of the sheets that bear our marks; what bears none has the size of its own pages."""


def definition(form: Form) -> dict[str, Any]:
    """Give what a printing says of itself, but for its name."""
    return {
        "sayso": ATTACHMENT_VERSION,
        "edition": EditionName.CLEAR,
        "size": SIZE,
        "language": form.language,
        "landlord": {},
        "form": json.loads(form.canonical()),
        "torn_off_pages": (),
        "blank_pages": (),
    }
