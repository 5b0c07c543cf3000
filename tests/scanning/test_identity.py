"""Which page of which copy an image shows, and where: marks and codes lost, slips anywhere, nothing at all."""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import pytest

from forms import library
from forms.landlord import Landlord
from forms.paper.editions import EditionName, SizeName
from forms.paper.printing import Printing, print_form
from scanning.pipeline import Identity, Library
from scanning.pipeline.identity import identities
from scanning.readings import Refusal, SetAside
from scanning.registration import places_mm
from scanning.template import Grey, Template, template_of
from tests.forms.paper import Case
from tests.forms.paper import printing as made_once
from tests.paper.hands import Family
from tests.paper.pens import Image
from tests.paper.returns import ReturnedPage, simulated_return
from tests.paper.scans import Mapping, Scan
from tests.paper.scenes import Laid, SceneScan, painted_over, scanned_together
from tests.paper.wear import OFFICE, WEARS
from tests.paper.wears import Step, paper

HALVED_FROM_PX = 2800
ALIGNED_FROM_MM = 1.5
"""How far a page may be off for its boxes still to be found."""

CODES = (4, 5)


@cache
def printed(
    form: str,
    size: SizeName = SizeName.A4,
    edition: EditionName = EditionName.CLEAR,
    language: str = "en",
    landlord: Landlord = Landlord(),  # noqa: B008  (frozen)
) -> Printing:
    if landlord == Landlord():
        return made_once(Case(form, language, edition, size))
    return print_form(library.find(form), landlord, size=size, edition=edition, language=language)


@cache
def template(printing: Printing) -> Template:
    found = template_of(printing.pdf)
    assert found is not None
    return found


def shelf(*printings: Printing) -> Library:
    return Library({printing.name: template(printing) for printing in printings})


@cache
def pages(printing: Printing, wear: str, seed: int = 3) -> tuple[ReturnedPage, ...]:
    return simulated_return(printing, seed, WEARS[wear], Family.CHOOSING).pages


def working(image: Image) -> tuple[Grey, int]:
    """Give an image as it is read, and how much smaller it is than as stored."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image, dtype=np.uint8)
    if max(grey.shape) < HALVED_FROM_PX:
        return np.ascontiguousarray(grey), 1
    return np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8), 2


def found_in(image: Image, known: Library) -> list[Identity | SetAside]:
    return list(identities(working(image)[0], known))


def without(page: ReturnedPage, places: Sequence[int], known: Printing) -> Image:
    """Give a page's image with some of its marks (0 to 3) and codes (4, 5) painted over."""
    return painted_over(page.scan.image, page.mapping, places_mm(known.size)[list(places)])


def off_mm(found: Identity, mapping: Mapping, factor: int) -> float:
    """Give how far the furthest of many places on a page is from where it was taken to be."""
    size = found.page.size
    grid = [(x, y) for x in np.linspace(8, size.width_mm - 8, 6) for y in np.linspace(8, size.height_mm - 8, 8)]
    gaps = found.registration.to_mm(mapping(grid) / factor - 0.5) - grid
    return float(np.linalg.norm(gaps, axis=1).max())


def refusals(found: Sequence[Identity | SetAside]) -> list[Refusal]:
    return [one.refusal for one in found if isinstance(one, SetAside)]


def named(found: Sequence[Identity | SetAside]) -> list[tuple[str, int, str | None]]:
    assert not refusals(found)
    return [(one.code.printing, one.code.page, one.code.copy) for one in found if isinstance(one, Identity)]


def true_name(page: ReturnedPage) -> tuple[str, int, str | None]:
    return page.truth.printing, page.truth.number, page.truth.copy


LOST = {
    "every mark": (0, 1, 2, 3),
    "all marks but one": (1, 2, 3),
    "all marks but one and a code": (1, 2, 3, 5),
    "every mark and the lower code": (0, 1, 2, 3, 5),
    "every mark and the upper code": (0, 1, 2, 3, 4),
    "the lower half's": (2, 3, 5),
    "the right side's": (1, 2, 4),
    "one corner": (0,),
    "both codes": CODES,
    "both codes and a mark": (2, *CODES),
}


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("wear", ["grey", "turned-180"])
def test_a_page_is_told_and_found_with_some_of_its_marks_and_codes_lost(lost: str, wear: str) -> None:
    event = printed("event")
    page = pages(event, wear)[1]
    image = without(page, LOST[lost], event)
    [found] = found_in(image, shelf(event))
    assert isinstance(found, Identity), found
    assert named([found]) == [true_name(page)]
    assert off_mm(found, page.mapping, working(image)[1]) < ALIGNED_FROM_MM


def test_a_slanted_photo_of_which_one_code_is_left_is_found_by_its_print_or_set_aside() -> None:
    event = printed("event")
    for page in pages(event, "phone"):
        image = without(page, LOST["the lower half's"], event)
        [found] = found_in(image, shelf(event))
        if isinstance(found, Identity):
            assert named([found]) == [true_name(page)]
            assert off_mm(found, page.mapping, working(image)[1]) < 2 * ALIGNED_FROM_MM


@pytest.mark.parametrize(
    "other",
    [
        {"edition": EditionName.LARGE},
        {"language": "pl"},
    ],
)
def test_pages_without_codes_are_told_apart_from_other_printings_of_their_form(other: dict[str, str]) -> None:
    slip, twin = printed("reply-slip"), printed("reply-slip", **other)
    known = shelf(slip, twin)
    for printing in (slip, twin):
        page = pages(printing, "grey")[0]
        assert named(found_in(without(page, CODES, printing), known)) == [true_name(page)]


def test_a_page_without_codes_that_looks_like_a_page_of_another_printing_is_set_aside() -> None:
    slip = printed("reply-slip")
    twin = printed("reply-slip", landlord=Landlord(phone="01664 502503"))
    assert twin.name != slip.name
    page = pages(slip, "grey")[0]
    assert refusals(found_in(without(page, CODES, slip), shelf(slip, twin))) == [Refusal.NO_CODE]


def test_a_page_without_codes_of_a_printing_that_is_not_there_is_never_taken_for_another() -> None:
    page = pages(printed("reply-slip", language="pl"), "grey")[0]
    image = without(page, CODES, printed("reply-slip"))
    assert refusals(found_in(image, shelf(printed("reply-slip"), printed("event")))) == [Refusal.NO_CODE]


def test_a_page_whose_copy_code_and_machine_codes_are_lost_is_set_aside() -> None:
    event = printed("event")
    page = pages(event, "grey")[0]
    top = np.array([[[18.0, 6.0], [175.0, 6.0], [175.0, 19.0], [18.0, 19.0]]])
    image = painted_over(without(page, CODES, event), page.mapping, top)
    assert refusals(found_in(image, shelf(event))) == [Refusal.NO_CODE]


def slips(size: SizeName, seed: int) -> tuple[ReturnedPage, ...]:
    return pages(printed("reply-slip", size), "clean-300", seed)


def two_crooked() -> SceneScan:
    return scanned_together(
        [Laid(slips(SizeName.A6, 1)[0], 75, 85, 33), Laid(slips(SizeName.A6, 2)[0], 140, 210, -70)], lid=22
    )


def one_in_a_corner() -> SceneScan:
    return scanned_together([Laid(slips(SizeName.A6, 1)[0], 55, 76, 7)], dpi=200)


def four_side_by_side() -> SceneScan:
    one, other = slips(SizeName.A6, 1), slips(SizeName.A6, 2)
    middles = [(53, 74.5), (157, 74.8), (53, 222), (157, 221.5)]
    laid = zip((*one[:2], *other[:2]), middles, (0.3, -0.3, 180.2, 0), strict=True)
    return scanned_together([Laid(page, *middle, angle) for page, middle, angle in laid])


def sizes_mixed() -> SceneScan:
    small = slips(SizeName.A6, 1), slips(SizeName.A6, 2)
    large = Laid(slips(SizeName.A5, 3)[0], 105, 75, 90)
    return scanned_together([large, Laid(small[0][1], 55, 222), Laid(small[1][1], 158, 222, 1)], dpi=200)


@pytest.mark.parametrize("scene", [one_in_a_corner, two_crooked, four_side_by_side, sizes_mixed])
def test_every_slip_on_a_scan_is_found_in_reading_order(scene: object) -> None:
    assert callable(scene)
    scan: SceneScan = scene()
    known = shelf(printed("reply-slip", SizeName.A6), printed("reply-slip", SizeName.A5), printed("event"))
    found = found_in(scan.image, known)
    assert named(found) == [(one.truth.printing, one.truth.number, one.truth.copy) for one in scan.pages]
    for identity, seen in zip(found, scan.pages, strict=True):
        assert isinstance(identity, Identity)
        assert off_mm(identity, seen.mapping, working(scan.image)[1]) < 0.3


def test_a_slip_whose_codes_and_copy_code_are_lost_is_set_aside_beside_the_others() -> None:
    scan = two_crooked()
    lost = scan.pages[1]
    quads = np.concatenate(
        [places_mm(printed("reply-slip", SizeName.A6).size)[4:], [[[13.0, 2], [72, 2], [72, 16], [13, 16]]]]
    )
    image = painted_over(scan.image, lost.mapping, quads)
    found = found_in(image, shelf(printed("reply-slip", SizeName.A6)))
    assert named([one for one in found if isinstance(one, Identity)])[0][1:] == (1, scan.pages[0].truth.copy)
    assert refusals(found) == [Refusal.NO_CODE]


def test_slips_of_a_stranger_are_each_of_an_unknown_printing() -> None:
    found = found_in(four_side_by_side().image, shelf(printed("event")))
    assert refusals(found) == [Refusal.UNKNOWN_PRINTING] * 4
    assert len(found) == 4


def sheet(steps: Sequence[Step], seed: int, lid: int = 253) -> Image:
    """Give the scan of an empty side of a sheet with a page of the form on its other side."""
    back = pages(printed("event"), "clean-300")[0].scan.image
    empty = np.full_like(back, 252)
    px_per_mm = 300 / 25.4
    scan = Scan(empty, Mapping(()), (px_per_mm, px_per_mm), (210, 297), lid, back, back)
    rng = np.random.default_rng(seed)
    for step in steps:
        scan = step(scan, rng)
    return scan.image


@pytest.mark.parametrize("steps", [(), (paper.bleed_through,), (paper.punch_holes,), (paper.staple,)])
@pytest.mark.parametrize("lid", [253, 22])
def test_an_empty_back_is_blank_whatever_shows_through_or_was_done_to_it(steps: tuple[Step, ...], lid: int) -> None:
    for seed in range(2):
        assert refusals(found_in(sheet((*steps, *OFFICE), seed, lid), shelf(printed("event")))) == [Refusal.BLANK_PAGE]


def test_a_faint_word_in_pencil_makes_a_page_not_blank() -> None:
    for seed in range(3):
        image = sheet(OFFICE, seed)
        cv2.putText(image, "no", (900 + 300 * seed, 1500), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2.2, 165, 4, cv2.LINE_AA)
        assert refusals(found_in(image, shelf(printed("event")))) == [Refusal.NOTHING_FOUND]


def test_a_page_of_ours_with_all_marks_and_codes_lost_is_not_blank() -> None:
    event = printed("event")
    image = without(pages(event, "grey")[0], range(6), event)
    assert refusals(found_in(image, shelf(event))) == [Refusal.NOTHING_FOUND]


@pytest.mark.parametrize("lightness", [0, 128])
def test_a_dark_picture_of_nothing_is_not_blank_paper(lightness: int) -> None:
    image = np.full((1754, 1240), lightness, dtype=np.uint8)
    assert refusals(found_in(image, shelf(printed("event")))) == [Refusal.NOTHING_FOUND]
