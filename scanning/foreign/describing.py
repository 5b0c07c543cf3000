"""What somebody else's PDF says of itself: enough to take it for a form, and to put pages of a return together."""

from pathlib import Path
from typing import Any, BinaryIO

from forms.codes.machine import PAGES_MAX, printing_name
from forms.errors import FormsError
from forms.layout.errors import LayoutError
from forms.layout.opening import opened
from forms.layout.reading import read_layout
from forms.sandbox import run_limited
from scanning.foreign.templates import plain_form
from scanning.printings import LIMITS, NotAForm, Printed


def foreign_of(path: Path) -> Printed | NotAForm:
    """Give what any fillable PDF says of itself, by its file's name; why not for any other file.

    What is typed into it already does not matter: somebody else's empty form may come with values in it.
    """
    try:
        told = run_limited("scanning.foreign.describing:described", path, LIMITS, refusal=FormsError)
    except FormsError as error:
        return NotAForm(f"{error}.".replace("..", "."))
    except OSError as error:
        return NotAForm(f"it cannot be opened ({error.strerror}). Check who may read it.")
    pages, to_fill = int(told["pages"]), frozenset(told["to_fill"])
    # Pages with nothing to fill in need not come back, as the blank backs of our own need not.
    form = plain_form(path.stem)
    return Printed(told["name"], form, pages, to_fill, frozenset(), frozenset(range(1, pages + 1)) - to_fill)


def described(file: BinaryIO) -> dict[str, Any]:
    """Give as JSON what a PDF with fields says of itself, in the child."""
    with opened(file) as pdf:
        layout = read_layout(pdf)
    if len(layout.pages) > PAGES_MAX:
        raise LayoutError(f"the PDF has more than {PAGES_MAX} pages; cut out those of the form")
    file.seek(0)
    name = printing_name(file.read())
    return {"name": name, "pages": len(layout.pages), "to_fill": sorted({field.page for field in layout.fields})}
