"""Images → the bytes of the files that scanners and cameras write."""

import io
import struct
from collections.abc import Sequence

import cv2
import numpy as np
import pikepdf
import pillow_heif
from PIL import Image as Pillow

from tests.paper.pens import Image

PT_PER_INCH = 72
ROWS_PER_STRIP = 278
PHOTOMETRIC = 262
ORIENTATION = 274
STRIP_OFFSETS = 273
STRIP_LENGTHS = 279


def jpeg(image: Image, quality: int = 85) -> bytes:
    """Give a JPEG."""
    return _encoded(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])


def photo(image: Image, orientation: int, quality: int = 85) -> bytes:
    """Give a JPEG that says in its EXIF data how it is turned (1 to 8)."""
    exif = Pillow.Exif()
    exif[ORIENTATION] = orientation
    out = io.BytesIO()
    _pillow(image).save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def heic(image: Image, quality: int = 80) -> bytes:
    """Give a HEIC, as phones store photos."""
    out = io.BytesIO()
    pillow_heif.from_pillow(_pillow(image).convert("RGB")).save(out, quality=quality)
    return out.getvalue()


def png(image: Image, dpi: tuple[float, float] = (300, 300)) -> bytes:
    """Give a PNG, quick to write."""
    out = io.BytesIO()
    _pillow(image).save(out, "PNG", compress_level=1, dpi=dpi)
    return out.getvalue()


def tiff_g4(images: Sequence[Image], dpi: tuple[float, float] = (300, 300)) -> bytes:
    """Give a TIFF of one or more black-and-white pages, each one strip of G4."""
    pages = [Pillow.fromarray(image).convert("1", dither=Pillow.Dither.NONE) for image in images]
    out = io.BytesIO()
    rows = {ROWS_PER_STRIP: max(page.height for page in pages)}
    pages[0].save(out, "TIFF", compression="group4", dpi=dpi, save_all=True, append_images=pages[1:], tiffinfo=rows)
    return out.getvalue()


def tiff(images: Sequence[Image], dpi: tuple[float, float] = (300, 300)) -> bytes:
    """Give a TIFF of one or more grey or colour pages, packed without loss."""
    first, *others = [_pillow(image) for image in images]
    out = io.BytesIO()
    first.save(out, "TIFF", compression="tiff_lzw", dpi=dpi, save_all=True, append_images=others)
    return out.getvalue()


def bare_tiff(
    samples: bytes,
    size_px: tuple[int, int],
    *,
    bits: int = 8,
    order: str = "<",
    white_is_0: bool = False,
    orientation: int = 1,
    dpi: tuple[int, int] = (300, 300),
    per_cm: bool = False,
) -> bytes:
    """Give a TIFF of one grey page, unpacked, in either order of bytes; `samples` are its rows as they are."""
    after = 8 + len(samples)
    resolution = b"".join(struct.pack(f"{order}II", one, 1) for one in dpi)
    longs = {256: size_px[0], 257: size_px[1], 273: 8, 278: size_px[1], 279: len(samples)}
    shorts = {258: bits, 259: 1, PHOTOMETRIC: int(not white_is_0), ORIENTATION: orientation, 277: 1, 296: 2 + per_cm}
    rows = [struct.pack(f"{order}HHII", tag, 4, 1, value) for tag, value in longs.items()]
    rows += [struct.pack(f"{order}HHIHH", tag, 3, 1, value, 0) for tag, value in shorts.items()]
    rows += [struct.pack(f"{order}HHII", tag, 5, 1, after + at) for tag, at in ((282, 0), (283, 8))]
    rows.sort(key=lambda row: struct.unpack(f"{order}H", row[:2]))
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", after + len(resolution))
    return head + samples + resolution + struct.pack(f"{order}H", len(rows)) + b"".join(rows) + bytes(4)


def pdf(
    stored: Sequence[bytes],
    dpi: tuple[float, float] = (300, 300),
    *,
    rotate_deg: int = 0,
    turned: str = "",
    more: bytes = b"",
) -> bytes:
    """Give a scanned PDF: each JPEG, TIFF G4 or PNG as the one full-page image of a page.

    `turned` is a matrix (`0 -1 1 0 0 1`) that moves the image within the unit square before it is drawn to size;
    `more` is content to be drawn after it.
    """
    with pikepdf.new() as made:
        for content in stored:
            with Pillow.open(io.BytesIO(content)) as opened:
                size = [pixels / each * PT_PER_INCH for pixels, each in zip(opened.size, dpi, strict=True)]
                image = made.make_indirect(_image_stream(made, opened, content))
            page = made.add_blank_page(page_size=(size[0], size[1]))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
            turn = f" {turned} cm" if turned else ""
            drawn = f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm{turn} /Im0 Do Q "
            page.Contents = made.make_stream(drawn.encode() + more)
            page.Rotate = rotate_deg
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def _image_stream(made: pikepdf.Pdf, opened: Pillow.Image, content: bytes) -> pikepdf.Object:
    """Give the image as an object of the PDF, JPEG and G4 data as they are."""
    width, height = opened.size
    colours = pikepdf.Name.DeviceRGB if opened.mode == "RGB" else pikepdf.Name.DeviceGray
    image = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height, ColorSpace=colours
    )
    image.BitsPerComponent = 8
    if opened.format == "JPEG":
        image.Filter = pikepdf.Name.DCTDecode
        return pikepdf.Stream(made, content, image)
    if opened.format == "TIFF" and opened.mode == "1":
        tags = opened.getexif()
        start, length = _only(tags[STRIP_OFFSETS]), _only(tags[STRIP_LENGTHS])
        image.BitsPerComponent = 1
        image.Filter = pikepdf.Name.CCITTFaxDecode
        black_is_1 = tags[PHOTOMETRIC] == 1
        image.DecodeParms = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=black_is_1)
        return pikepdf.Stream(made, content[start : start + length], image)
    return pikepdf.Stream(made, opened.tobytes(), image)


def _only(values: int | tuple[int, ...]) -> int:
    """Give the one value of a TIFF tag; an image of several strips is not for a PDF."""
    if isinstance(values, int):
        return values
    (value,) = values
    return value


def _pillow(image: Image) -> Pillow.Image:
    return Pillow.fromarray(image if image.ndim == 2 else np.ascontiguousarray(image[..., ::-1]))


def _encoded(suffix: str, image: Image, options: list[int]) -> bytes:
    done, buffer = cv2.imencode(suffix, image, options)
    if not done:
        raise ValueError(f"{suffix} cannot hold this image")
    return buffer.tobytes()
