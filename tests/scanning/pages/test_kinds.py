"""Every kind of file gives the pages that were put into it."""

import io
import zlib
from typing import Any

import cv2
import numpy as np
import pikepdf
import pytest
from pikepdf import Name
from PIL import Image as Pillow

from scanning.pages import PageImage, PageLimits, page_images, pages_in
from tests.paper import files
from tests.paper.pens import Image
from tests.scanning.pages.dotted import dotted, off_px, page_of, pages_of

SIZE = (620, 877)
PICTURE, PLACES = dotted(*SIZE)


def in_colour(picture: Image) -> Image:
    return np.repeat(picture[..., None], 3, axis=2)


def wide(picture: Image) -> Image:
    """Give 16 bits a px, of which the lower are not all like the upper."""
    return np.asarray(picture.astype(np.uint16) * 256 + 77, dtype=np.uint16).view(np.uint8)


def saved(picture: Image, **how: str | int) -> bytes:
    out = io.BytesIO()
    Pillow.fromarray(picture).save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def tabled(picture: Image) -> bytes:
    out = io.BytesIO()
    Pillow.fromarray(picture).convert("P").save(out, "PNG")
    return out.getvalue()


def bits(picture: Image) -> bytes:
    return np.packbits(picture > 127, axis=1).tobytes()


def swapped(picture: Image) -> bytes:
    return np.frombuffer(wide(picture), np.uint16).byteswap().tobytes()


def as_pdf(data: bytes, **more: Any) -> bytes:
    """Give a PDF of one page whose picture is that stream."""
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(SIZE[0] * 0.72, SIZE[1] * 0.72))
        told: dict[str, Any] = {"Type": Name.XObject, "Subtype": Name.Image, "Width": SIZE[0], "Height": SIZE[1]}
        told |= {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8} | more
        image = made.make_indirect(pikepdf.Stream(made, data, pikepdf.Dictionary(**told)))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = made.make_stream(f"q {SIZE[0] * 0.72} 0 0 {SIZE[1] * 0.72} 0 0 cm /Im0 Do Q".encode())
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def deflated(data: bytes, **more: Any) -> bytes:
    return as_pdf(zlib.compress(data), Filter=Name.FlateDecode, **more)


def filtered(picture: Image) -> tuple[bytes, pikepdf.Dictionary]:
    """Give rows as a PNG with the filter "up" would pack them, and how that is told."""
    rows = np.diff(picture, axis=0, prepend=np.zeros((1, SIZE[0]), np.uint8))
    marked = np.hstack([np.full((SIZE[1], 1), 2, np.uint8), rows])
    return marked.tobytes(), pikepdf.Dictionary(Predictor=15, Colors=1, BitsPerComponent=8, Columns=SIZE[0])


UP, TOLD = filtered(PICTURE)
INVERTED = pikepdf.Array([1, 0])
KINDS = {
    "grey JPEG": files.jpeg(PICTURE, 95),
    "colour JPEG": files.jpeg(in_colour(PICTURE), 95),
    "progressive JPEG": saved(PICTURE, format="JPEG", quality=95, progressive=1),
    "grey PNG": files.png(PICTURE),
    "colour PNG": files.png(in_colour(PICTURE)),
    "PNG of 16 bits": saved(PICTURE.astype(np.uint16) * 257, format="PNG"),  # type: ignore[arg-type]
    "black-and-white PNG": saved(PICTURE > 127, format="PNG"),  # type: ignore[arg-type]
    "PNG with a table of colours": tabled(PICTURE),
    "TIFF G4": files.tiff_g4([PICTURE]),
    "TIFF LZW": files.tiff([PICTURE]),
    "TIFF LZW in colour": files.tiff([in_colour(PICTURE)]),
    "TIFF with JPEG": saved(in_colour(PICTURE), format="TIFF", compression="jpeg", quality=95),
    "TIFF deflated": saved(PICTURE, format="TIFF", compression="tiff_deflate"),
    "TIFF packed in bits": saved(PICTURE > 127, format="TIFF", compression="packbits"),  # type: ignore[arg-type]
    "TIFF G3": saved(PICTURE > 127, format="TIFF", compression="group3"),  # type: ignore[arg-type]
    "bare TIFF": files.bare_tiff(PICTURE.tobytes(), SIZE),
    "bare TIFF, other order": files.bare_tiff(PICTURE.tobytes(), SIZE, order=">"),
    "TIFF, white is 0": files.bare_tiff((255 - PICTURE).tobytes(), SIZE, white_is_0=True),
    "TIFF of 1 bit": files.bare_tiff(bits(PICTURE), SIZE, bits=1),
    "TIFF of 1 bit, white is 0": files.bare_tiff(bits(255 - PICTURE), SIZE, bits=1, white_is_0=True),
    "TIFF of 16 bits": files.bare_tiff(wide(PICTURE).tobytes(), SIZE, bits=16),
    "TIFF of 16 bits, other order": files.bare_tiff(swapped(PICTURE), SIZE, bits=16, order=">"),
    "HEIC": files.heic(PICTURE),
    "PDF with JPEG": files.pdf([files.jpeg(PICTURE, 95)]),
    "PDF with colour JPEG": files.pdf([files.jpeg(in_colour(PICTURE), 95)]),
    "PDF with G4": files.pdf([files.tiff_g4([PICTURE])]),
    "PDF, bare": as_pdf(PICTURE.tobytes()),
    "PDF, bare colour": as_pdf(in_colour(PICTURE).tobytes(), ColorSpace=Name.DeviceRGB),
    "PDF, deflated": deflated(PICTURE.tobytes()),
    "PDF, deflated and filtered": deflated(UP, DecodeParms=TOLD),
    "PDF, 1 bit": deflated(bits(PICTURE), BitsPerComponent=1),
    "PDF, a stencil": deflated(bits(PICTURE), BitsPerComponent=1, ImageMask=True),
    "PDF, inverted": deflated((255 - PICTURE).tobytes(), Decode=INVERTED),
    "PDF, an inverted JPEG": as_pdf(files.jpeg(255 - PICTURE, 95), Filter=Name.DCTDecode, Decode=INVERTED),
    "PDF, JPEG 2000": as_pdf(saved(PICTURE, format="JPEG2000"), Filter=Name.JPXDecode),
    "PDF, hexadecimal": as_pdf(PICTURE.tobytes().hex().encode() + b">", Filter=Name.ASCIIHexDecode),
}


@pytest.mark.parametrize("content", KINDS.values(), ids=KINDS.keys())
def test_every_kind_gives_its_picture(content: bytes) -> None:
    page = page_of(content)
    assert page.stored_px == SIZE
    assert page.image.shape == PICTURE.shape
    assert page.image.dtype == np.uint8
    assert np.abs(page.image.astype(int) - PICTURE).mean() < 3
    assert off_px(page, PLACES) < 0.1


@pytest.mark.parametrize("kind", ["PDF with JPEG", "PDF with G4", "PDF, deflated", "PDF, a stencil", "PDF, inverted"])
def test_the_words_of_ocr_do_not_keep_a_page_from_being_taken_as_it_is(kind: str) -> None:
    with pikepdf.open(io.BytesIO(KINDS[kind])) as pdf:
        words = pdf.make_stream(b"BT 3 Tr /F1 10 Tf 50 50 Td (words) Tj ET")
        pdf.pages[0].contents_add(words)
        out = io.BytesIO()
        pdf.save(out)
    assert page_of(out.getvalue()).stored_px == SIZE


def test_anything_drawn_on_a_scan_is_seen() -> None:
    page = page_of(files.pdf([files.jpeg(PICTURE)], (100, 100), more=b"0 g 100 100 30 30 re f"))
    bare = page_of(files.pdf([files.jpeg(PICTURE)], (100, 100)))
    assert page.stored_px == pytest.approx((2 * SIZE[0], 2 * SIZE[1]), abs=1)
    assert cv2.resize(page.image, SIZE)[480:730, 145:175].mean() < bare.image[480:730, 145:175].mean() - 20


def test_a_picture_under_a_mask_is_seen_as_in_a_viewer() -> None:
    mask = np.where(np.arange(SIZE[0]) < 300, 255, 0).astype(np.uint8)[None].repeat(SIZE[1], axis=0)
    with pikepdf.open(io.BytesIO(as_pdf(np.zeros_like(PICTURE).tobytes()))) as pdf:
        shape: dict[str, Any] = {
            "Width": SIZE[0],
            "Height": SIZE[1],
            "ColorSpace": Name.DeviceGray,
            "BitsPerComponent": 8,
        }
        told = pikepdf.Dictionary(Type=Name.XObject, Subtype=Name.Image, **shape)
        pdf.pages[0].Resources.XObject.Im0.SMask = pdf.make_indirect(pikepdf.Stream(pdf, mask.tobytes(), told))
        out = io.BytesIO()
        pdf.save(out)
    image = page_of(out.getvalue()).image
    assert image[:, : image.shape[1] // 3].mean() < 5
    assert image[:, -image.shape[1] // 3 :].mean() > 250


def test_what_is_transparent_lies_on_white() -> None:
    colours = np.dstack([np.zeros((*PICTURE.shape, 3), np.uint8), 255 - PICTURE])
    assert np.array_equal(page_of(saved(colours, format="PNG")).image, PICTURE)


@pytest.mark.parametrize("make", [files.tiff_g4, files.tiff], ids=["G4", "LZW"])
def test_pages_are_read_from_any_one_on(make: object) -> None:
    pictures = [np.roll(PICTURE, 100 * number, axis=0) for number in range(5)]
    contents = make(pictures), files.pdf([files.tiff_g4([one]) for one in pictures])  # type: ignore[operator]
    for content in contents:
        file = io.BytesIO(content)
        assert pages_in(file, PageLimits()) == 5
        pages = list(page_images(file, PageLimits(), first=3, count=2))
        assert [page.index for page in pages] == [3, 4]
        for page in pages:
            assert isinstance(page, PageImage)
            assert np.array_equal(page.image, pictures[page.index])
        assert [page.index for page in page_images(file, PageLimits(), first=4, count=9)] == [4]


def test_small_copies_of_pages_in_a_tiff_are_no_pages() -> None:
    out = io.BytesIO()
    small = Pillow.fromarray(PICTURE[::4, ::4])
    small.encoderinfo = {"tiffinfo": {254: 1}}
    Pillow.fromarray(PICTURE).save(out, "TIFF", save_all=True, append_images=[small])
    assert len(pages_of(out.getvalue())) == 1


def test_a_pdf_that_is_locked_against_changes_is_read() -> None:
    with pikepdf.open(io.BytesIO(KINDS["PDF with JPEG"])) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="someone", user=""))
    assert off_px(page_of(out.getvalue()), PLACES) < 0.1
