"""Real pages through real children: they say what reading in this process says, with the pictures asked for."""

from functools import cache
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest

from forms.paper.printing import Printing
from scanning.hints import Hint
from scanning.pages import PageLimits
from scanning.readers import FileRefused, PageResult, Readers, Wanted
from scanning.readers.messages import Aside
from scanning.readers.reading import FileReader
from scanning.readings import PageReading, Refusal, SetAside
from scanning.registration import outline_mm, places_mm
from tests.forms.paper import Case
from tests.forms.paper import printing as made_once
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.returns import Return, simulated_return
from tests.paper.scenes import painted_over
from tests.paper.wear import WEARS

ALL = Wanted(crops=True, sampled=1.0, overlay=True, preview=True)


@cache
def printing() -> Printing:
    return made_once(Case("poll"))


@cache
def returned() -> Return:
    return simulated_return(printing(), 3, WEARS["turned-90"], Family.JUDGING)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[PageResult | FileRefused]:
    """Give what children say of a scan, a scanned PDF, a typed PDF, a damaged scan and a letter."""
    folder = tmp_path_factory.mktemp("files")
    scans = [page.encoded() for page in returned().pages]
    given = {
        "scan.jpg": scans[0],
        "scans.pdf": files.pdf(scans[:1] * 10),
        "typed.pdf": typed(),
        "wall.png": wall(),
        "cut.jpg": scans[0][: len(scans[0]) // 2],
        "letter.txt": b"Dear landlord, thank you.",
    }
    for name, content in given.items():
        (folder / name).write_bytes(content)
    with Readers([printing().pdf], jobs=2, limits=PageLimits(), wanted=ALL) as readers:
        return list(readers.read(folder / name for name in given))


def wall() -> bytes:
    """Give a picture of nothing of ours."""
    grains = np.random.default_rng(1).integers(120, 180, (700, 500), dtype=np.uint8)
    return cv2.imencode(".png", grains)[1].tobytes()


def typed() -> bytes:
    """Give the form with its first box chosen."""
    with pikepdf.open(BytesIO(printing().pdf)) as pdf:
        field = next(one for one in pdf.Root.AcroForm.Fields if one.get("/FT") == "/Btn")
        widget = field.Kids[0] if "/Kids" in field else field
        state = next(name for name in widget.AP.N.keys() if name != "/Off")  # noqa: SIM118
        field.V = widget.AS = pikepdf.Name(state)
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def named(results: list[PageResult | FileRefused], name: str) -> list[PageResult]:
    return [one for one in results if one.file.name == name and isinstance(one, PageResult)]


def test_a_child_says_what_reading_in_this_process_says(results: list[PageResult | FileRefused]) -> None:
    [found] = named(results, "scan.jpg")
    reader = FileReader.of([printing().pdf], PageLimits(), ALL)
    [(here, blobs)] = reader.pages(BytesIO(returned().pages[0].encoded()), 0, 1)
    assert [found.outcome] == [one.outcome for one in here.outcomes]
    assert (*found.crops.values(), found.overlay, found.preview) == blobs
    assert found.stored_px == here.stored_px == (3508, 2481)


def test_a_sure_page_has_a_preview_only_where_all_questions_get_a_picture() -> None:
    for wanted in (Wanted(preview=True), Wanted(crops=True, sampled=1.0, preview=True)):
        reader = FileReader.of([printing().pdf], PageLimits(), wanted)
        [(here, _)] = reader.pages(BytesIO(returned().pages[0].encoded()), 0, 1)
        assert here.preview is (wanted.sampled == 1)


def test_boxes_are_where_they_are_in_the_image_as_stored(results: list[PageResult | FileRefused]) -> None:
    [found] = named(results, "scan.jpg")
    assert isinstance(found.outcome, PageReading)
    page = returned().pages[0]
    for mark, truth in zip(found.outcome.marks, page.truth.boxes, strict=True):
        np.testing.assert_allclose(mark.box_px, page.mapping.box(truth.box_mm), atol=2)
    assert abs(abs(found.outcome.rotation_deg) - 90) < 2


def test_a_drawn_question_has_a_picture_though_it_is_sure(results: list[PageResult | FileRefused]) -> None:
    [found] = named(results, "scan.jpg")
    assert isinstance(found.outcome, PageReading)
    assert not found.outcome.doubts
    assert list(found.crops) == list(found.outcome.answers)


def test_a_page_that_somebody_must_look_at_has_a_preview(results: list[PageResult | FileRefused]) -> None:
    [found] = named(results, "wall.png")
    assert found.preview is not None
    picture = cv2.imdecode(np.frombuffer(found.preview, dtype=np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert max(picture.shape) <= 1200


def test_every_page_of_a_scanned_pdf_is_read_in_its_place(results: list[PageResult | FileRefused]) -> None:
    found = named(results, "scans.pdf")
    assert [one.index for one in found] == list(range(10))
    answers = [one.outcome.answers for one in found if isinstance(one.outcome, PageReading)]
    assert answers == [answers[0]] * 10


def test_a_typed_pdf_is_read_from_its_fields(results: list[PageResult | FileRefused]) -> None:
    found = named(results, "typed.pdf")
    assert all(isinstance(one.outcome, PageReading) and one.outcome.typed for one in found)
    answers = [
        answer for one in found if isinstance(one.outcome, PageReading) for answer in one.outcome.answers.values()
    ]
    assert any(answers)


def test_what_is_damaged_is_set_aside_and_what_is_no_scan_is_refused(results: list[PageResult | FileRefused]) -> None:
    [cut] = named(results, "cut.jpg")
    assert isinstance(cut.outcome, SetAside)
    assert cut.outcome.refusal is Refusal.UNREADABLE
    letter = results[-1]
    assert isinstance(letter, FileRefused)
    assert letter.file.name == "letter.txt"
    assert "give a JPEG" in letter.detail


def test_the_parent_needs_no_name_of_a_form(tmp_path: Path) -> None:
    form, scan = tmp_path / "form.pdf", tmp_path / "scan.jpg"
    form.write_bytes(printing().pdf)
    scan.write_bytes(returned().pages[0].encoded())
    with Readers([form], limits=PageLimits()) as readers:
        [found] = readers.read([scan])
    assert isinstance(found, PageResult)
    assert isinstance(found.outcome, PageReading)
    assert (found.crops, found.overlay, found.preview) == ({}, None, None)


def test_a_page_that_a_person_named_is_read_by_that_with_its_pictures(tmp_path: Path) -> None:
    page = returned().pages[0]
    places = places_mm(printing().size)
    path = tmp_path / "bare.png"
    path.write_bytes(cv2.imencode(".png", painted_over(page.scan.image, page.mapping, places))[1].tobytes())
    height, width = page.scan.image.shape[:2]
    on_image = page.mapping(outline_mm(printing().size)) / (width, height)
    one, two, three, four = ((float(x), float(y)) for x, y in on_image)
    hint = Hint(printing().name, page.truth.number, returned().copy, (one, two, three, four))
    reader = FileReader.of([printing().pdf], PageLimits(), ALL)
    with path.open("rb") as file:
        [(alone, _)] = reader.pages(file, 0, 1)
        [(told, blobs)] = reader.pages(file, 0, 1, hint)
    assert isinstance(alone.outcomes[0], Aside)
    [found] = (one.outcome for one in told.outcomes)
    assert isinstance(found, PageReading)
    assert (found.page, found.copy) == (page.truth.number, returned().copy)
    assert len(blobs) == sum(map(len, told.crops)) + 2
