"""Files made to do harm: small on disk, without end when they are opened."""

import io
import struct
import zlib
from collections.abc import Iterator

import pikepdf
from PIL import Image as Pillow

BLOCK = 2**20


def bombs() -> Iterator[tuple[str, bytes]]:
    """Give each bomb with what it is."""
    yield "PNG of 5 GB", png(50_000, 50_000, grey_bytes=400)
    yield "PNG within the limit of px, but with 5 GB of data", png(7000, 7000, grey_bytes=5_000)
    yield "PNG with a comment of 2 GB", png(2480, 3508, grey_bytes=9, comment_mb=2000)
    yield "JPEG of 65,500 px", jpeg_that_lies(65_500, 65_500)
    yield "JPEG of 200 million px, without a picture", jpeg_that_lies(14_000, 14_000)
    yield "JPEG, progressive, of 4,000 scans", jpeg_of_scans(4000)
    yield "TIFF whose directories go in a circle", tiff_circle()
    yield "TIFF of 60,000 empty directories", tiff_chain(60_000)
    yield "TIFF of 4,000 million px", tiff_of(65_000, 65_000)
    yield "TIFF, G4, of 60 million px in 100 bytes", tiff_of(7700, 7700, compression=4)
    yield "TIFF of 4,000 million strips", tiff_of(2480, 3508, rows_a_strip=0)
    yield "PDF of 312 bytes with a page of 14,400 inches", pdf_page(b"0 0 1036800 1036800")
    yield "PDF with a page without size", pdf_page(b"0 0 0 0")
    yield "PDF with an image of 5 GB", pdf_image(50_000, 50_000, 400)
    yield "PDF with 5 GB behind a small image", pdf_image(2480, 3508, 5_000)
    yield "PDF with a content stream of 3 GB", pdf_content(3000)
    yield "PDF whose pages have no bottom", pdf_deep(20_000)
    yield "PDF whose page tree bites its tail", raw_pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[2 0 R]>>")
    yield "PDF that counts 2 billion pages", raw_pdf(CATALOGUE, b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>", PAGE)
    yield "PDF of one page a million times", raw_pdf(CATALOGUE, many_kids(1_000_000), PAGE)
    yield "PDF that draws a form in itself", pdf_drawing_itself()
    yield "PDF with arrays without end", raw_pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", DEEP_PAGE)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
DEEP_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots %b>>" % (b"[" * 300_000 + b"]" * 300_000)


def _zeros(megabytes: int) -> bytes:
    """Give a deflate stream of zeros, a thousand times smaller than what comes out of it."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + block * megabytes + packer.flush()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))


def png(width: int, height: int, grey_bytes: int, comment_mb: int = 0) -> bytes:
    """Give a PNG of that size with so many MB of data behind its header."""
    head = _chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0))
    comment = _chunk(b"zTXt", b"Comment\0\0" + _zeros(comment_mb)) if comment_mb else b""
    return b"\x89PNG\r\n\x1a\n" + head + comment + _chunk(b"IDAT", _zeros(grey_bytes)) + _chunk(b"IEND", b"")


def jpeg_that_lies(width: int, height: int) -> bytes:
    """Give a small JPEG whose header promises another size."""
    content = _small_jpeg(progressive=False)
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack("!HH", height, width) + content[at + 4 :]


def jpeg_of_scans(count: int) -> bytes:
    """Give a large progressive JPEG that goes over its picture so many times."""
    content = _small_jpeg(progressive=True)
    at = content.index(b"\xff\xc2") + 5
    content = content[:at] + struct.pack("!HH", 7000, 7000) + content[at + 4 :]
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * count + content[-2:]


def _small_jpeg(*, progressive: bool) -> bytes:
    out = io.BytesIO()
    Pillow.new("L", (64, 64), 200).save(out, "JPEG", progressive=progressive)
    return out.getvalue()


def _directory(*entries: tuple[int, int], after: int = 0) -> bytes:
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", after)


def tiff_circle() -> bytes:
    """Give a TIFF whose one directory names itself as the next."""
    return b"II*\0" + struct.pack("<I", 8) + _directory((256, 100), (257, 100), after=8)


def tiff_chain(count: int) -> bytes:
    """Give a TIFF of so many directories, each of nothing."""
    size = len(_directory())
    chain = (_directory(after=8 + size * (number + 1)) for number in range(count - 1))
    return b"II*\0" + struct.pack("<I", 8) + b"".join(chain) + _directory()


def tiff_of(width: int, height: int, *, compression: int = 1, rows_a_strip: int | None = None) -> bytes:
    """Give a TIFF that promises a picture of that size in 100 bytes."""
    strip = rows_a_strip if rows_a_strip is not None else height
    fixed = ((256, width), (257, height), (258, 1), (259, compression), (262, 0), (273, 8), (277, 1))
    entries = (*fixed, (278, strip), (279, 100))
    return b"II*\0" + struct.pack("<I", 108) + bytes(100) + _directory(*entries)


def raw_pdf(*objects: bytes) -> bytes:
    """Give a PDF of objects numbered from 1, of which the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, rows)
    return out + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


def pdf_page(box: bytes) -> bytes:
    """Give a PDF of one page of that size, which fills it."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R>>" % box
    drawn = b"<</Length 24>>stream\n0 0 9999999 9999999 re f\nendstream"
    return raw_pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, drawn)


def _pdf(content: bytes, image: bytes = b"", image_px: tuple[int, int] = (1, 1)) -> bytes:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        if image:
            head = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "BitsPerComponent": 8}
            size = {"Width": image_px[0], "Height": image_px[1], "ColorSpace": pikepdf.Name.DeviceGray}
            stream = pdf.make_stream(image, **head, **size, Filter=pikepdf.Name.FlateDecode)
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
            page.Contents = pdf.make_stream(content)
        else:
            page.Contents = pdf.make_stream(content, Filter=pikepdf.Name.FlateDecode)
        out = io.BytesIO()
        pdf.save(out, compress_streams=False)
        return out.getvalue()


def pdf_image(width: int, height: int, megabytes: int) -> bytes:
    """Give a PDF with one image on its page and so much data behind it."""
    return _pdf(b"q 595 0 0 842 0 0 cm /Im0 Do Q", _zeros(megabytes), (width, height))


def pdf_content(megabytes: int) -> bytes:
    """Give a PDF whose page is drawn by a stream that swells."""
    return _pdf(_zeros(megabytes))


def pdf_deep(depth: int) -> bytes:
    """Give a PDF whose page tree goes down and down."""
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1) for number in range(2, depth)]
    return raw_pdf(CATALOGUE, *nodes, b"<</Type/Page>>")


def many_kids(count: int) -> bytes:
    """Give a page tree that names one page so many times."""
    return b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, b"3 0 R " * count)


def pdf_drawing_itself() -> bytes:
    """Give a PDF whose drawing calls itself twice, and so on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R>>"
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F 4 0 R>>>>/Length 11>>"
        b"stream\n/F Do /F Do\nendstream"
    )
    drawn = b"<</Length 5>>stream\n/F Do\nendstream"
    return raw_pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, form, drawn)
