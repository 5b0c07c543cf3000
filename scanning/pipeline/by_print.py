"""A page whose codes are both lost → its identity by what is printed on it for people, beyond doubt or not at all."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from forms.codes.machine import MachineCode
from forms.paper.editions import Size
from scanning import likeness, printed_words
from scanning.pipeline.library import Library
from scanning.registration import Registration
from scanning.template import Grey, PageTemplate, Template

SEARCH_MM: Final = 1.5
"""How far print is looked for around its place, once the marks say where the page lies."""

ALIKE_SHARE: Final = 0.7
"""The least part of a page's pieces of print that must be found; writing and stains cover some."""

UNLIKE_SHARE: Final = 0.5
"""With at most this part of its own print found, a page is ruled out; other pages of the same form reach 0.41."""

PIECES_MIN: Final = 8
"""With fewer pieces of print no page is known by them."""

DIFFERENCE_MIN: Final = 40
"""From this difference (of 256 grey levels, averaged over 1 mm) on two pages are printed differently at a place."""

DIFFERENCES: Final = 12
"""The places compared between two pages, those that differ most."""

LEAD_MIN: Final = 0.15
"""By how much the picture must be more like one page than like another, on average over the places where the two
differ, as correlations: other words have 0.2 to 0.5 less, one digit of a line about 0.2."""


def printed_identity(
    image: Grey, registration: Registration, size: Size, library: Library
) -> tuple[MachineCode, Template, PageTemplate] | None:
    """Give a page's identity by its copy code and foot, where both are read and the page looks like no other."""
    copy = printed_words.copy_code(image, registration, size)
    if copy is None:
        return None
    words = printed_words.foot(image, registration, size)
    named = [(template, page) for template, page in _with_copy_code(library, size) if _names(words, template, page)]
    clear = [(template, page) for template, page in named if _is_beyond_doubt(image, registration, page, library)]
    if len(clear) != 1:
        return None
    template, page = clear[0]
    return MachineCode(template.printing, page.number, copy), template, page


def _with_copy_code(library: Library, size: Size) -> Iterator[tuple[Template, PageTemplate]]:
    for template in library.templates.values():
        for number in range(1, len(template.pages) + 1):
            page = template.page(number)
            if page is not None and page.size == size and number not in template.torn_off_pages:
                yield template, page


def _names(words: str, template: Template, page: PageTemplate) -> bool:
    pages = set(range(1, len(template.pages) + 1)) - set(template.blank_pages) - set(template.torn_off_pages)
    form = template.form
    return printed_words.names(words, form.form, form.version, page.number, len(pages))


def _is_beyond_doubt(image: Grey, registration: Registration, page: PageTemplate, library: Library) -> bool:
    """Tell whether the picture is like this page, and clearly more so than like any other of its size."""
    if _found_share(image, registration, page) < ALIKE_SHARE:
        return False
    rivals = (one for one in library.pages() if one is not page and one.size == page.size)
    return all(_leads(image, registration, page, rival) for rival in rivals)


def _found_share(image: Grey, registration: Registration, page: PageTemplate) -> float:
    """Give the part of a page's print that is in the picture, 0 for a page with hardly any."""
    pieces = likeness.pieces(page)
    if len(pieces) < PIECES_MIN:
        return 0.0
    match = likeness.matched(image, registration, page, pieces, SEARCH_MM)
    return float(np.mean(match.alike >= likeness.ALIKE_MIN))


def _leads(image: Grey, registration: Registration, page: PageTemplate, rival: PageTemplate) -> bool:
    """Tell whether a rival's print is not there, or what sets the page apart from it clearly is."""
    if len(likeness.pieces(rival)) >= PIECES_MIN and _found_share(image, registration, rival) <= UNLIKE_SHARE:
        return True
    places = likeness.differences(page, rival, DIFFERENCE_MIN, DIFFERENCES)
    if not len(places):
        return False
    own, other = (likeness.matched(image, registration, one, places, SEARCH_MM).alike for one in (page, rival))
    return float(np.mean(own - other)) >= LEAD_MIN
