"""What is too large, too long or no scan at all is refused by its header, in one sentence."""

import io
import struct
import time
import tracemalloc
import zlib
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Dictionary, Name

from scanning.pages import PageLimits, UnreadableFile, UnreadablePage, page_images, pages_in
from scanning.pages.jpeg_header import SCANS_MAX
from tests.paper import files
from tests.scanning.pages.dotted import dotted, pages_of

PICTURE, _ = dotted(400, 600)
JPEG = files.jpeg(PICTURE)


def png_of_size(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    chunks = [(b"IHDR", head), (b"IDAT", body), (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(one)) + kind + one + struct.pack(">I", zlib.crc32(kind + one)) for kind, one in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def jpeg_of_size(width: int, height: int, marker: int = 0xC0) -> bytes:
    at = JPEG.index(b"\xff\xc0")
    return (
        JPEG[:at] + bytes([0xFF, marker]) + JPEG[at + 2 : at + 5] + struct.pack(">HH", height, width) + JPEG[at + 9 :]
    )


def tiff_of_size(width: int, height: int) -> bytes:
    return files.bare_tiff(PICTURE.tobytes(), (width, height))


def pdf_of(width: int, height: int, *, mediabox: float = 500, rest: bytes = b"") -> bytes:
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(500, 500))
        page.MediaBox = pikepdf.Array([0, 0, mediabox, mediabox])
        shape: dict[str, Any] = {
            "Width": width,
            "Height": height,
            "ColorSpace": Name.DeviceGray,
            "BitsPerComponent": 8,
        }
        image = pikepdf.Stream(made, zlib.compress(bytes(1000)), Dictionary(Subtype=Name.Image, **shape))
        image.Filter = Name.FlateDecode
        page.Resources = Dictionary(XObject=Dictionary(Im0=made.make_indirect(image)))
        page.Contents = made.make_stream(b"q 500 0 0 500 0 0 cm /Im0 Do Q " + rest)
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def reason(content: bytes, limits: PageLimits | None = None) -> str:
    """Give the one sentence with which a file is refused."""
    try:
        (page,) = pages_of(content, limits)
    except UnreadableFile as error:
        detail = str(error)
    else:
        assert isinstance(page, UnreadablePage)
        detail = page.detail
    assert detail[0].isupper()
    assert detail.endswith(".")
    assert "\n" not in detail
    return detail


GIANTS = {
    "PNG": png_of_size(60_000, 60_000),
    "JPEG": jpeg_of_size(20_000, 20_000),
    "progressive JPEG": jpeg_of_size(10_000, 10_000, 0xC2),
    "TIFF": tiff_of_size(60_000, 60_000),
    "TIFF of one line": tiff_of_size(2**31, 200),
    "PDF": pdf_of(60_000, 60_000),
    "PDF with more": pdf_of(60_000, 60_000, rest=b"0 0 1 1 re f"),
}


@pytest.mark.parametrize("content", GIANTS.values(), ids=GIANTS.keys())
def test_giant_pictures_are_refused_before_they_take_memory(content: bytes) -> None:
    tracemalloc.start()
    assert "too large" in reason(content)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_large_jpeg_is_read_at_reduced_size() -> None:
    (page,) = pages_of(files.jpeg(np.full((10_000, 8_000), 255, np.uint8)))
    assert not isinstance(page, UnreadablePage)
    assert page.stored_px == (8_000, 10_000)
    assert page.image.shape == (2_500, 2_000)


def test_a_progressive_jpeg_of_very_many_passes_is_refused() -> None:
    at = JPEG.index(b"\xff\xc0")
    content = JPEG[:at] + b"\xff\xc2" + JPEG[at + 2 :] + b"\xff\xda" * SCANS_MAX
    assert "JPEG of a kind" in reason(content)


def test_a_giant_page_of_a_pdf_is_rendered_small() -> None:
    (page,) = pages_of(pdf_of(100, 100, mediabox=1_000_000, rest=b"0 0 1 1 re f"))
    assert not isinstance(page, UnreadablePage)
    assert 2_700 < max(page.stored_px) <= 2_800


def test_small_icons_are_no_pages() -> None:
    assert "too small" in reason(files.png(PICTURE[:64, :64]))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Dear Sir or Madam", "not a scan"),
        (b"GIF89a" + bytes(100), "not a scan"),
        (b"PK\3\4" + bytes(100), "not a scan"),
        (b"II+\0" + bytes(100), "BigTIFF"),
        (b"%PDF-1.4\n", "damaged"),
        (JPEG[:100], "damaged"),
    ],
)
def test_what_is_no_scan_is_named(content: bytes, words: str) -> None:
    assert words in reason(content)


def test_a_locked_pdf_says_so() -> None:
    with pikepdf.open(io.BytesIO(files.pdf([JPEG]))) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="one", user="two"))
    assert "locked with a password" in reason(out.getvalue())


def test_large_files_are_refused() -> None:
    limits = PageLimits(image_mb=0, document_mb=0)
    for content in (JPEG, files.png(PICTURE), files.heic(PICTURE)):
        assert "image is larger than 0 MB" in reason(content, limits)
    for content in (files.tiff([PICTURE]), files.pdf([JPEG])):
        assert "file is larger than 0 MB" in reason(content, limits)


def test_files_of_too_many_pages_are_refused() -> None:
    limits = PageLimits(pages=2)
    for content in (files.tiff_g4([PICTURE] * 3), files.pdf([JPEG] * 3)):
        assert "more than 2 pages" in reason(content, limits)


def test_a_tiff_whose_directories_go_round_ends() -> None:
    content = bytearray(files.bare_tiff(PICTURE.tobytes(), (400, 600)))
    content[-4:] = content[4:8]
    assert pages_in(io.BytesIO(content), PageLimits()) == 1


def test_a_long_chain_of_directories_is_refused_soon() -> None:
    chain = bytearray(b"II*\0" + struct.pack("<I", 8))
    for number in range(1, 200_000):
        chain += struct.pack("<HHHIII", 1, 256, 3, 1, 1, 8 + 18 * number)
    before = time.process_time()
    assert "more than 2,000 pages" in reason(bytes(chain))
    assert time.process_time() - before < 1


def test_a_pdf_that_says_it_has_millions_of_pages_is_refused() -> None:
    with pikepdf.open(io.BytesIO(files.pdf([JPEG]))) as pdf:
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    content = out.getvalue().replace(b"/Count 1", b"/Count 9999999")
    assert "more than 2,000 pages" in reason(content)


def test_a_drawing_that_unpacks_to_gigabytes_is_left_alone() -> None:
    with pikepdf.open(io.BytesIO(files.pdf([JPEG]))) as pdf:
        squeezed = zlib.compressobj(9)
        bomb = b"".join(squeezed.compress(b" " * 2**20) for _ in range(50)) + squeezed.flush()
        pdf.pages[0].Contents = pdf.make_stream(b"")
        pdf.pages[0].Contents.write(bomb, filter=Name.FlateDecode)
        tracemalloc.start()
        out = io.BytesIO()
        pdf.save(out)
    before = tracemalloc.get_traced_memory()[1]
    list(page_images(io.BytesIO(out.getvalue()), PageLimits()))
    assert tracemalloc.get_traced_memory()[1] - before < 20_000_000
    tracemalloc.stop()
