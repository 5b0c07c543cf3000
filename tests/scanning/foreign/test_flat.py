"""PDFs without fields, and pictures of blank forms, get fields where somebody is asked to tick or to write."""

import base64
from io import BytesIO

import cv2
import numpy as np
import pikepdf
import pytest

from forms.adopting import AdoptingError
from forms.layout.model import Kind
from forms.layout.reading import read_layout
from forms.stamping.laying import flattened
from scanning.foreign.flat import pictures_json, with_fields_json
from scanning.foreign.templates import drawn
from scanning.template import Points
from tests.scanning.foreign.theirs import ROWS, their_pdf

DRAWN = sum(row.boxes for row in ROWS if row.shape != "bare")


def _ticks(content: bytes) -> int:
    told = with_fields_json(BytesIO(content))
    with pikepdf.open(BytesIO(base64.b64decode(told["pdf"]))) as pdf:
        return sum(field.kind is Kind.CHECK for field in read_layout(pdf).fields)


def test_every_drawn_box_of_a_pdf_without_fields_is_found() -> None:
    flat = flattened(their_pdf())
    with pikepdf.open(BytesIO(flat)) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert _ticks(flat) == DRAWN


def _places(content: bytes) -> Points:
    told = with_fields_json(BytesIO(content))
    with pikepdf.open(BytesIO(base64.b64decode(told["pdf"]))) as pdf:
        boxes = [one.box_mm for one in read_layout(pdf).fields]
    return np.array([(one.x, one.y, one.right, one.bottom) for one in boxes])


def test_boxes_are_where_they_are_seen_on_a_page_that_a_viewer_turns_and_cuts() -> None:
    with pikepdf.open(BytesIO(flattened(their_pdf()))) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"q 0 1 -1 0 852 5 cm", prepend=True)  # to the left: the viewer's turn sets it upright
        page.contents_add(b"Q")
        page.obj.MediaBox = pikepdf.Array([0, 0, 870, 620])
        page.obj.CropBox = pikepdf.Array([10, 5, 852, 600])
        page.obj.Rotate = 90
        turned = BytesIO()
        pdf.save(turned)
    upright, found = _places(flattened(their_pdf())), _places(turned.getvalue())
    assert len(found) == len(upright) >= DRAWN
    assert np.abs(found[:, None] - upright[None]).max(axis=2).min(axis=1).max() < 0.3


def test_the_same_file_gives_the_same_fields_to_the_byte() -> None:
    picture = cv2.imencode(".png", drawn(flattened(their_pdf()), 200 / 25.4)[0])[1].tobytes()
    assert with_fields_json(BytesIO(picture)) == with_fields_json(BytesIO(picture))


def test_every_drawn_box_of_a_picture_is_found() -> None:
    picture = cv2.imencode(".png", drawn(flattened(their_pdf()), 200 / 25.4)[0])[1].tobytes()
    assert _ticks(picture) == DRAWN


def test_an_empty_picture_is_no_form() -> None:
    with pytest.raises(AdoptingError, match="nothing to tick"):
        with_fields_json(BytesIO(cv2.imencode(".png", np.full((1400, 1000), 255, np.uint8))[1].tobytes()))


def test_what_is_neither_a_pdf_nor_a_picture_is_refused() -> None:
    with pytest.raises(AdoptingError):
        with_fields_json(BytesIO(b"words"))


def test_a_page_is_shown_in_its_own_size() -> None:
    [shown] = pictures_json(BytesIO(their_pdf()))
    assert (round(float(str(shown["width_mm"]))), round(float(str(shown["height_mm"])))) == (210, 297)
