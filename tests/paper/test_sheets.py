"""Filled-in pages show what their truth says."""

import numpy as np
import pytest
import zxingcpp

from forms.codes.machine import MachineCode, parse
from forms.paper.printing import Printing
from tests.paper.hands import Family, writer
from tests.paper.intentions import intention
from tests.paper.printed import copy_code, form_and_layout
from tests.paper.sheets import FilledPage, filled
from tests.paper.truth import BoxState

COPY = copy_code(np.random.default_rng(0))
LINE_MM = 0.2


def sheets(printing: Printing, seed: int, *, dpi: float = 300, colour: bool = False) -> list[FilledPage]:
    form, layout = form_and_layout(printing)
    hand = writer(seed, Family.JUDGING)
    return filled(printing, hand, intention(form, layout, hand, hand.rng(1)), COPY, dpi=dpi, colour=colour)


def test_a_seed_gives_the_same_pages_to_the_last_bit(after_repair: Printing) -> None:
    for one, again in zip(sheets(after_repair, 5), sheets(after_repair, 5), strict=True):
        assert np.array_equal(one.image, again.image)
        assert one.truth == again.truth


@pytest.mark.parametrize("name", ["after_repair", "all_kinds"])
def test_every_marked_box_holds_more_ink_than_any_blank_one_of_its_sheet(
    name: str, request: pytest.FixtureRequest
) -> None:
    for seed in range(12):
        boxes = [box for page in sheets(request.getfixturevalue(name), seed, dpi=150) for box in page.truth.boxes]
        inked = [box.ink_mm2 for box in boxes if box.state in (BoxState.MARKED, BoxState.CORRECTED)]
        clean = [box.ink_mm2 for box in boxes if box.state is BoxState.BLANK and not box.disturbance]
        assert min(inked) > 0.5
        assert max(clean) < 0.35 * min(inked), seed


def test_places_to_write_hold_ink_where_the_truth_says_so(all_kinds: Printing) -> None:
    for page in sheets(all_kinds, 3):
        for writing in page.truth.writings:
            x, y, width, height = (round(value) for value in page.box_px(writing.box_mm))
            inside = np.s_[y + 3 : y + height - 3, x + 3 : x + width - 3]
            assert (page.image[inside] < page.printed[inside]).any() == writing.has_ink, writing.name


def test_boxes_are_where_the_page_has_their_lines(after_repair: Printing) -> None:
    for page in sheets(after_repair, 1):
        for box in page.truth.boxes:
            x, y, width, height = page.box_px(box.box_mm)
            line = LINE_MM * page.px_per_mm[0]
            middle = round(y + height / 2)
            assert page.printed[middle, round(x - line)] < 120
            assert page.printed[middle, round(x + width + line)] < 120
            assert page.printed[middle, round(x + 2)] > 230


def test_every_page_bears_its_machine_codes_and_a_torn_off_one_no_copy(all_kinds: Printing) -> None:
    found = []
    for page in sheets(all_kinds, 2):
        said = {parse(code.text) for code in zxingcpp.read_barcodes(page.image)}
        assert said == {MachineCode(all_kinds.name, page.truth.number, page.truth.copy)}
        found.append(page.truth.copy)
    assert set(found) == {COPY, None}


def test_colour_shows_the_same_sheet(after_repair: Printing) -> None:
    grey, colour = sheets(after_repair, 4)[0], sheets(after_repair, 4, colour=True)[0]
    assert colour.image.shape == (*grey.image.shape, 3)
    assert [box.state for box in colour.truth.boxes] == [box.state for box in grey.truth.boxes]
    assert abs(float(colour.image.mean()) - float(grey.image.mean())) < 1
