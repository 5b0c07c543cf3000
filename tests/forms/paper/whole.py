"""All findings of one printing, and the words that it must hold."""

from collections.abc import Iterator
from functools import cache

from forms import wording
from forms.definition import Form
from forms.landlord import Landlord
from forms.paper.editions import SIZES, SizeName
from tests.forms.paper import Case, findings, form_named, printing
from tests.forms.paper.area import Area
from tests.forms.paper.seen import Seen, pages

ON_ANY_PAGE = (
    findings.off_the_sheet,
    findings.in_a_zone,
    findings.words_on_words,
    findings.words_on_boxes,
    findings.words_on_lines,
    findings.boxes_on_boxes,
    findings.lines_in_ticks,
)

UNPRINTED = {"say", "labels"}
"""Words that are only spoken, and those for yes and no, which come with the choices."""

UNPRINTED_ON_SLIPS = {"introduction", "help"}
"""Words at a form's head that a slip leaves to the page it is cut from."""


@cache
def of_printing(case: Case) -> tuple[str, ...]:
    """Give everything that is cut off, overlaps or is left out on the pages of a printing."""
    made = printing(case)
    found = [
        f"page {page.number}: {finding}"
        for page in pages(case)
        if page.number not in made.blank_pages
        for finding in of_page(case, page)
    ]
    return (*found, *spilt_over(case), *left_out(case))


def spilt_over(case: Case) -> Iterator[str]:
    """Find pages more than were planned: something ran over the end of a page."""
    planned, made = printing(case).pages, len(pages(case))
    if planned != made:
        yield f"{planned} pages were planned and {made} made"


def of_page(case: Case, page: Seen) -> Iterator[str]:
    """Give everything that is cut off or overlaps on a page."""
    for check in ON_ANY_PAGE:
        yield from check(page)
    yield from findings.near_a_fold(page, case.edition)
    yield from findings.out_of_the_margins(page, text_area(case.size))
    yield from findings.in_the_foot(page, foot_words(case, page.number))


def text_area(size: SizeName) -> Area:
    """Give the area within the margins."""
    sheet = SIZES[size]
    return Area(sheet.side_mm, sheet.top_mm, sheet.width_mm - sheet.side_mm, sheet.height_mm)


def numbered_pages(case: Case) -> list[int]:
    """Give the pages that count: neither blank nor torn off."""
    made = printing(case)
    return [page for page in range(1, made.pages + 1) if page not in (*made.blank_pages, *made.torn_off_pages)]


def foot_words(case: Case, page: int) -> list[str]:
    """Give the words that the foot of a page must have."""
    form, landlord, language = form_named(case.form), Landlord(), case.language
    key = "help_line" if case.size is SizeName.A4 else "help_short"
    words = [landlord.return_address, wording.say(key, language, phone=landlord.phone), f"{form.form} v{form.version}"]
    counted = numbered_pages(case)
    if page in counted:
        words.append(wording.say("page_of", language, page=page, pages=len(counted)))
    return " ".join(words).split()


def left_out(case: Case) -> Iterator[str]:
    """Find texts of the form that stand whole on no page; Arabic ones can't be compared."""
    form = form_named(case.form)
    if case.language == "ar":
        return
    whole = [_squeezed(page.text) for page in pages(case)]
    for words in expected_texts(form, case):
        if not any(_squeezed(words) in page for page in whole):
            yield f"on no page: “{words}”"


def expected_texts(form: Form, case: Case) -> Iterator[str]:
    """Give each paragraph that the paper must hold."""
    unprinted = UNPRINTED if case.size is SizeName.A4 else UNPRINTED | UNPRINTED_ON_SLIPS
    for path, text in form.texts():
        if path[0] == "scales" or path[0] in unprinted or UNPRINTED.intersection(map(str, path)):
            continue
        yield from text.filled(case.language, Landlord().details()).splitlines()
    for question in form.questions:
        for choice in form.choices(question):
            yield choice.label.filled(case.language, Landlord().details())


def _squeezed(words: str) -> str:
    """Give the letters and figures alone: a hyphen at a line's end is read as another character."""
    return "".join(filter(str.isalnum, words))
