"""Damaged pages are named, never read in part: what is missing of a page would be read as blank."""

import io
import time

import numpy as np
import pikepdf
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from scanning.pages import PageImage, PageLimits, UnreadableFile, UnreadablePage, page_images, pages_in
from tests.paper import files
from tests.scanning.pages.dotted import dotted, page_of, pages_of
from tests.scanning.pages.test_kinds import KINDS

PICTURE, PLACES = dotted(900, 1300)
NOISY = np.clip(PICTURE - np.random.default_rng(3).normal(20, 5, PICTURE.shape), 0, 255).astype(np.uint8)
JPEG = files.jpeg(NOISY)
FEW = np.ascontiguousarray(NOISY[:320, :300])
"""A part of it: a HEIC of all takes seconds to make."""
SLOW_S = 5.0


def only(content: bytes) -> PageImage | UnreadablePage:
    (page,) = pages_of(content)
    return page


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.999])
@pytest.mark.parametrize("tail", [b"", b"\xff\xd9", bytes(5000)], ids=["cut", "cut and closed", "cut and filled up"])
def test_a_jpeg_cut_short_is_refused(part: float, tail: bytes) -> None:
    page = only(JPEG[: int(len(JPEG) * part)] + tail)
    assert isinstance(page, UnreadablePage)
    assert "Part of the page is missing" in page.detail


def test_a_jpeg_with_a_hole_is_refused() -> None:
    middle = len(JPEG) // 2
    assert isinstance(only(JPEG[:middle] + bytes(4096) + JPEG[middle + 4096 :]), UnreadablePage)


@pytest.mark.parametrize("tail", [b"", b"\xff\xd9" + bytes(300), bytes(12) + b"\xff\xd9"])
def test_a_jpeg_of_which_no_pixel_is_missing_is_read(tail: bytes) -> None:
    assert np.array_equal(page_of(JPEG[:-2] + tail).image, page_of(JPEG).image)


@pytest.mark.parametrize("part", [0.3, 0.9])
@pytest.mark.parametrize(
    "content",
    [files.png(NOISY), files.tiff([NOISY]), files.tiff_g4([NOISY]), files.heic(FEW), files.photo(NOISY, 6)],
    ids=["PNG", "TIFF", "G4", "HEIC", "photo"],
)
def test_any_picture_cut_short_is_refused(content: bytes, part: float) -> None:
    with pytest.raises((UnreadableFile, AssertionError)):
        page_of(content[: int(len(content) * part)])


@pytest.mark.parametrize("kind", ["tiff", "pdf"])
def test_a_fault_in_a_g4_page_costs_that_page_only(kind: str) -> None:
    pages = [files.tiff_g4([PICTURE])] * 3
    content = bytearray(files.tiff_g4([PICTURE] * 3) if kind == "tiff" else files.pdf(pages))
    data = pages[0][8:400]
    second = content.index(data, content.index(data) + 1)
    content[second + 300 : second + 360] = bytes(60)
    first, broken, last = pages_of(bytes(content))
    assert isinstance(first, PageImage)
    assert isinstance(broken, UnreadablePage)
    assert broken.index == 1
    assert isinstance(last, PageImage)


@pytest.mark.parametrize("first", [5, 1_000_000])
def test_pages_past_the_end_are_none(first: int) -> None:
    assert list(page_images(io.BytesIO(JPEG), PageLimits(), first=first)) == []


@pytest.mark.parametrize("tile_px", [0, 256], ids=["in one", "in tiles"])
def test_a_heic_with_a_hole_is_refused(tile_px: int) -> None:
    content = bytearray(heic_of(tile_px))
    assert isinstance(only(bytes(content)), PageImage)
    middle = len(content) // 2
    content[middle : middle + 2000] = bytes(2000)
    page = only(bytes(content))
    assert isinstance(page, UnreadablePage)
    assert "Part of the page is missing" in page.detail


def heic_of(tile_px: int) -> bytes:
    """Give a part of the noisy picture as a HEIC, in tiles of that many px as phones write them, or in one."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Pillow.fromarray(FEW).convert("RGB")).save(out, quality=70, tile_size=tile_px)
    return out.getvalue()


def test_a_pdf_of_fields_in_which_something_is_damaged_is_refused() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        field = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, T="given", Rect=[0, 0, 9, 9])
        fields = pikepdf.Array([pdf.make_indirect(field)])
        page.Annots, pdf.Root.AcroForm = pdf.make_indirect(fields), pikepdf.Dictionary(Fields=fields)
        out = io.BytesIO()
        pdf.save(out)
    sound = out.getvalue()
    assert isinstance(only(sound), PageImage)
    broken = only(sound.replace(b"(given)", b"<given>"))
    assert isinstance(broken, UnreadablePage)
    assert "This PDF is damaged" in broken.detail


def outcome(content: bytes) -> None:
    """Read a file as a worker would, and see that it is soon over and raises nothing but what it may."""
    before = time.process_time()
    try:
        count = pages_in(io.BytesIO(content), PageLimits())
        pages = list(page_images(io.BytesIO(content), PageLimits(), count=3))
        assert len(pages) == min(count, 3)
    except UnreadableFile as error:
        assert str(error)
    assert time.process_time() - before < SLOW_S


@settings(max_examples=200, deadline=None)
@given(head=st.sampled_from([one[:12] for one in KINDS.values()]), rest=st.binary(max_size=300))
def test_random_bytes_are_refused_in_peace(head: bytes, rest: bytes) -> None:
    outcome(head + rest)


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(sorted(KINDS)),
    changes=st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.integers(0, 255)), min_size=1, max_size=8),
    cut=st.one_of(st.just(1.0), st.floats(0, 1)),
)
def test_damaged_files_are_read_or_refused_in_peace(
    name: str, changes: list[tuple[float, bool, int]], cut: float
) -> None:
    content = bytearray(KINDS[name])
    for place, at_an_end, value in changes:
        # Most of what decides is in the first and last few hundred bytes.
        offset = int(place * 600) - 300 if at_an_end else int(place * (len(content) - 1))
        content[max(-len(content), min(offset, len(content) - 1))] = value
    outcome(bytes(content[: max(1, int(cut * len(content)))]))
