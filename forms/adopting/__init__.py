"""Somebody else's fillable PDF → a draft of a form of ours, for an officer to mend.

`sheets` reads fields and words in a limited child; all that follows is pure: `groups` puts boxes together as a reader
would, `captions` and `headings` find their words, `drafting` makes the definition, `binding` keeps which box stands for
which answer, `mending` puts drafts right.
"""

from forms.adopting.binding import Binding, Bound, binding_path, load_binding, loose_ends
from forms.adopting.drafting import Draft, drafted, form_name
from forms.adopting.errors import AdoptingError
from forms.adopting.sheets import Sheets, sheets_of

__all__ = [
    "AdoptingError",
    "Binding",
    "Bound",
    "Draft",
    "Sheets",
    "binding_path",
    "drafted",
    "form_name",
    "load_binding",
    "loose_ends",
    "sheets_of",
]
