"""Images → the bytes of the files that scanners and cameras write."""

import io
from collections.abc import Sequence

import cv2
import numpy as np
import pikepdf
from PIL import Image as Pillow

from tests.paper.pens import Image

PT_PER_INCH = 72
ROWS_PER_STRIP = 278
PHOTOMETRIC = 262
STRIP_OFFSETS = 273
STRIP_LENGTHS = 279


def jpeg(image: Image, quality: int = 85) -> bytes:
    """Give a JPEG."""
    return _encoded(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])


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


def pdf(stored: Sequence[bytes], dpi: tuple[float, float] = (300, 300)) -> bytes:
    """Give a scanned PDF: each JPEG, TIFF G4 or PNG as the one full-page image of a page."""
    with pikepdf.new() as made:
        for content in stored:
            with Pillow.open(io.BytesIO(content)) as opened:
                size = [pixels / each * PT_PER_INCH for pixels, each in zip(opened.size, dpi, strict=True)]
                image = made.make_indirect(_image_stream(made, opened, content))
            page = made.add_blank_page(page_size=(size[0], size[1]))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
            page.Contents = made.make_stream(f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Im0 Do Q".encode())
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
