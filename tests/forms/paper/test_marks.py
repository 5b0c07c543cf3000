"""The corner marks are ArUco's and are found; the machine codes are read, even coarsely rendered."""

import re

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
import zxingcpp

from forms.codes.machine import MachineCode, parse
from forms.paper import marks
from forms.paper.editions import MARK_MM, SIZES, EditionName, Size, SizeName
from tests.forms.paper import EVERY_KIND, Case, printing

Image = npt.NDArray[np.uint8]

QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
DICTIONARY = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
PRINTED = [Case("poll"), Case("poll", "ar", EditionName.GIANT), Case("poll", size=SizeName.A5)]
PRINTED += [Case("poll", size=SizeName.A6)]


def rendered(case: Case, dpi: int, page: int = 1) -> Image:
    document = pypdfium2.PdfDocument(printing(case).pdf)
    bitmap = document[page - 1].render(scale=dpi / 72, grayscale=True)
    image: Image = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
    document.close()
    return image


def found_marks(image: Image) -> dict[int, npt.NDArray[np.float64]]:
    """Give the corners of each corner mark by its id, in pixels, the mark's own top left first."""
    corners, ids, _ = cv2.aruco.ArucoDetector(DICTIONARY).detectMarkers(image)
    return {} if ids is None else {int(one): np.array(four[0]) for one, four in zip(ids.flat, corners, strict=True)}


@pytest.mark.parametrize("identity", range(4))
def test_each_corner_mark_is_the_one_of_its_dictionary(identity: int) -> None:
    inner = cv2.aruco.generateImageMarker(DICTIONARY, identity, 6)[1:-1, 1:-1] > 0
    bits = [int(bit) for bit in f"{marks.CORNER_MARKS[identity]:016b}"]
    assert inner.astype(int).flatten().tolist() == bits


@pytest.mark.parametrize("dpi", [300, 150, 100])
@pytest.mark.parametrize("case", PRINTED, ids=str)
def test_the_corner_marks_are_found_upright_at_their_places(case: Case, dpi: int) -> None:
    found = found_marks(rendered(case, dpi))
    assert sorted(found) == [0, 1, 2, 3]
    size, scale = SIZES[case.size], dpi / 25.4
    near, right, bottom = size.mark_inset_mm, size.width_mm - size.mark_inset_mm, size.height_mm - size.mark_inset_mm
    places = ((near, near), (right - MARK_MM, near), (right - MARK_MM, bottom - MARK_MM), (near, bottom - MARK_MM))
    for identity, (x, y) in enumerate(places):
        expected = np.array([(x, y), (x + MARK_MM, y), (x + MARK_MM, y + MARK_MM), (x, y + MARK_MM)])
        assert np.abs(found[identity] / scale - expected).max() < 0.3 + 0.5 / scale


@pytest.mark.parametrize("dpi", [300, 200, 150])
@pytest.mark.parametrize("case", PRINTED, ids=str)
def test_both_machine_codes_of_a_page_say_which_it_is(case: Case, dpi: int) -> None:
    for page in (1, 2):
        found = zxingcpp.read_barcodes(rendered(case, dpi, page), formats=QR_CODES)
        assert [parse(code.text) for code in found] == [MachineCode(printing(case).name, page)] * 2


def test_each_machine_code_is_enough_alone() -> None:
    image = rendered(Case("poll"), 200)
    middle = image.shape[0] // 2
    for half in (image[:middle], image[middle:]):
        (code,) = zxingcpp.read_barcodes(np.ascontiguousarray(half), formats=QR_CODES)
        assert parse(code.text) == MachineCode(printing(Case("poll")).name, 1)


def test_the_same_codes_are_found_on_every_page_of_a_form() -> None:
    made = printing(EVERY_KIND)
    drawn = [page for page in range(1, made.pages + 1) if page not in made.blank_pages]
    for page in drawn:
        found = zxingcpp.read_barcodes(rendered(EVERY_KIND, 200, page), formats=QR_CODES)
        assert [parse(code.text) for code in found] == [MachineCode(made.name, page)] * 2


def test_a_code_has_21_modules_a_side_with_or_without_a_copy() -> None:
    for copy in (None, "K7PM 4TXJ"):
        assert len(marks.code_bits(MachineCode("ABCDEFGH", 99, copy).words())) == 21 * 3


def test_words_that_do_not_fit_a_code_are_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        marks.code_bits("S1" + "A" * 30)


@pytest.mark.parametrize("size", SIZES.values(), ids=lambda size: size.name)
def test_codes_and_marks_keep_their_white_from_each_other_and_from_the_edge(size: Size) -> None:
    quiet = marks.QUIET_MODULES * size.code_mm / marks.CODE_MODULES
    for x, y in marks.code_places_mm(size):
        assert min(x, y, size.width_mm - x - size.code_mm, size.height_mm - y - size.code_mm) >= quiet
        for mark_x, mark_y in marks.corner_places_mm(size):
            apart = max(
                mark_x - x - size.code_mm, x - mark_x - MARK_MM, mark_y - y - size.code_mm, y - mark_y - MARK_MM
            )
            assert apart >= quiet


def test_a_screen_reader_passes_over_what_is_stamped() -> None:
    operators = marks.as_artifact(b"0 g\n")
    assert re.fullmatch(rb"/Artifact BMC\n.*EMC\n", operators, re.DOTALL)
