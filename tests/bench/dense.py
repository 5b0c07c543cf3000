"""Pages with up to 50 boxes, printed tighter than any edition that is sold to people: what speed is measured on.

The clear edition keeps rows 12.6 mm apart and lays out at most 34 boxes on a page of A4; the trial that the wanted
figures come from had 50. So this is an edition of the bench's own, left out of the product.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from forms.definition import Form
from forms.landlord import Landlord
from forms.loading import load_form
from forms.paper.editions import EDITIONS, EditionName
from forms.paper.printing import Printing, print_form

DENSE = Path(__file__).parent / "dense.yaml"

TIGHT = replace(
    EDITIONS[EditionName.LARGE], body_pt=9, title_pt=13, section_pt=10, foot_pt=8, box_mm=5, row_mm=8.5, hang_mm=8
)
"""Under the name of the large edition, which no fold divides."""


def tight_printing(form: Form) -> Printing:
    """Give a form printed so."""
    with patch.dict(EDITIONS, {EditionName.LARGE: TIGHT}):
        return print_form(form, Landlord(), edition=EditionName.LARGE)


@cache
def dense_printing() -> Printing:
    """Give a printing of several pages of A4, of which all but the first have 50 tick boxes."""
    return tight_printing(load_form(DENSE))
