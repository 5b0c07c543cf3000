"""Where a question is on the picture of its page."""

from io import BytesIO

import pytest
from PIL import Image

from server.review.framing import MARGIN, framed

MARKS = [{"name": "q", "box_px": [1000, 200, 40, 40]}, {"name": "q", "box_px": [1000, 300, 40, 40]}]
WRITTEN = [{"name": "w/phone", "box_px": [400, 2000, 800, 100]}, {"name": "wide", "box_px": [0, 0, 9, 9]}]


def picture(width: int, height: int) -> BytesIO:
    out = BytesIO()
    Image.new("L", (width, height)).save(out, "JPEG")
    return BytesIO(out.getvalue())


def outcome(rotation_deg: float, *way: float) -> dict[str, object]:
    return {"marks": MARKS, "writings": WRITTEN, "rotation_deg": rotation_deg, "to_upright": way}


UPRIGHT = (1 / 2480, 0, 0, 0, 1 / 3508, 0)


def test_the_place_is_around_all_boxes_in_px_of_the_picture() -> None:
    found = framed(picture(620, 877), outcome(0.4, *UPRIGHT), "q")
    margin = MARGIN * 877
    assert found.place == pytest.approx((250 - margin, 50 - margin, 10 + 2 * margin, 35 + 2 * margin))
    assert (found.turn_deg, found.shown, found.transform) == (
        0,
        (620, 877),
        "translate(310 438.5) rotate(0) translate(-310 -438.5)",
    )


def test_parts_to_write_in_belong_to_their_question_and_other_names_do_not() -> None:
    found = framed(picture(620, 877), outcome(0, *UPRIGHT), "w")
    assert found.place is not None
    assert found.place[1] > 400


def test_the_frame_ends_with_the_picture() -> None:
    edge = {**outcome(0, *UPRIGHT), "marks": [{"name": "q", "box_px": [2470, 3500, 10, 8]}]}
    place = framed(picture(620, 877), edge, "q").place
    assert place is not None
    assert place[0] + place[2] == pytest.approx(620)
    assert place[1] + place[3] == pytest.approx(877)


@pytest.mark.parametrize(("rotation", "turn"), [(178.0, 180), (-91.0, 90), (89.0, 270)])
def test_a_page_that_lies_turned_in_its_scan_is_set_upright(rotation: float, turn: int) -> None:
    found = framed(picture(620, 877), outcome(rotation, *UPRIGHT), "q")
    assert found.turn_deg == turn
    assert found.shown == ((620, 877) if turn == 180 else (877, 620))


def test_a_photograph_that_its_camera_had_turned_is_upright_already() -> None:
    # As stored it lies on its side (3508 × 2480); the upright (x, y) is stored at (y, 2480 - x).
    found = framed(picture(620, 877), outcome(-90.0, 0, -1 / 2480, 1, 1 / 3508, 0, 0), "q")
    assert found.turn_deg == 0
    assert found.place is not None
    assert found.place[:2] == pytest.approx(((2480 - 340) / 4 - MARGIN * 877, 250 - MARGIN * 877))


def test_without_a_way_to_the_picture_there_is_no_frame() -> None:
    assert framed(picture(10, 10), {"marks": MARKS, "rotation_deg": 90}, "q").place is None
    assert framed(picture(10, 10), outcome(0, *UPRIGHT), "").place is None
