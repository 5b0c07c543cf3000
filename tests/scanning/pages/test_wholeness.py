"""Holes in packed pictures are found, whatever their packing; decoders would leave the rest of the page white."""

import io

import numpy as np
import pytest
from PIL import Image as Pillow

from scanning.pages import PageImage, UnreadablePage
from tests.paper import files
from tests.paper.pens import Image
from tests.scanning.pages.dotted import dotted, pages_of

PICTURE, _ = dotted(900, 1300)
NOISY: Image = np.clip(PICTURE - np.random.default_rng(3).normal(60, 40, PICTURE.shape), 0, 255).astype(np.uint8)
TWO_TONES = NOISY > 100
ONE_STRIP = {278: 1300}


def packed(compression: str, *, colour: bool = False, bits: bool = False) -> bytes:
    out = io.BytesIO()
    picture = Pillow.fromarray(TWO_TONES if bits else NOISY)
    picture = picture.convert("RGB") if colour else picture
    picture.save(out, "TIFF", compression=compression, tiffinfo=ONE_STRIP)
    return out.getvalue()


def strip(content: bytes | bytearray) -> tuple[int, int]:
    """Give where the middle one of a TIFF's strips begins and how long it is."""
    with Pillow.open(io.BytesIO(content)) as opened:
        tags = opened.getexif()
        starts, lengths = (np.atleast_1d(tags[tag]) for tag in (files.STRIP_OFFSETS, files.STRIP_LENGTHS))
    return int(starts[len(starts) // 2]), int(lengths[len(starts) // 2])


PACKED = {
    "G4": packed("group4", bits=True),
    "G3": packed("group3", bits=True),
    "fax lines": packed("tiff_ccitt", bits=True),
    "LZW": packed("tiff_lzw"),
    "deflated": packed("tiff_adobe_deflate"),
    "JPEG": packed("jpeg"),
    "JPEG in colour": packed("jpeg", colour=True),
}


@pytest.mark.parametrize("content", PACKED.values(), ids=PACKED.keys())
@pytest.mark.parametrize("until_the_end", [False, True])
def test_a_hole_in_a_tiff_is_found(content: bytes, until_the_end: bool) -> None:
    (whole,) = pages_of(content)
    assert isinstance(whole, PageImage)
    start, length = strip(content)
    hole = range(start + length // 2, start + length if until_the_end else start + length // 2 + 200)
    (page,) = pages_of(content[: hole.start] + bytes(len(hole)) + content[hole.stop :])
    assert isinstance(page, UnreadablePage)


@pytest.mark.parametrize("fill_order", [1, 2])
def test_g4_is_read_from_either_end_of_its_bytes(fill_order: int) -> None:
    content = bytearray(PACKED["G4"])
    start, length = strip(content)
    if fill_order == 2:
        turned = [int(f"{byte:08b}"[::-1], 2) for byte in content[start : start + length]]
        content[start : start + length] = bytes(turned)
        # The resolution's unit, which these pages need not have, makes room for the order.
        content = content.replace(b"\x1c\x01\x03\0\x01\0\0\0\x01\0", b"\x0a\x01\x03\0\x01\0\0\0\x02\0")
        assert content != PACKED["G4"]
    (page,) = pages_of(bytes(content))
    assert isinstance(page, PageImage)
    assert np.array_equal(page.image > 127, TWO_TONES)


def test_a_hole_in_the_g4_of_a_pdf_is_found() -> None:
    content = files.pdf([PACKED["G4"]])
    start, length = strip(PACKED["G4"])
    data = PACKED["G4"][start : start + length]
    at = content.index(data) + length // 2
    (page,) = pages_of(content[:at] + bytes(100) + content[at + 100 :])
    assert isinstance(page, UnreadablePage)
