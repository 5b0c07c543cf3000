"""A picture inside a PDF → grey, from its own stream; None where only a renderer knows how."""

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from typing import Final

import numpy as np
import pikepdf
from pikepdf import Name
from PIL import Image as Pillow

from scanning.pages.errors import CUT_SHORT, UnreadableFile
from scanning.pages.grey import grey_of
from scanning.pages.jpeg import checked_header, stored_jpeg
from scanning.pages.limits import PageLimits
from scanning.pages.page import Stored
from scanning.pages.pdf.placing import Placed
from scanning.pages.png import SIGNATURE
from scanning.pages.single_tiff import Tag, decoded, single_tiff
from scanning.pages.wholeness import G4, check_whole
from scanning.template import Grey

GREYS: Final = (Name.DeviceGray, Name.CalGray, Name.G)
COLOURS: Final = (Name.DeviceRGB, Name.CalRGB, Name.RGB)
PNG_PREDICTORS: Final = 10
"""From this number on the rows of a stream are filtered as those of a PNG."""


def stored_picture(placed: Placed, limits: PageLimits) -> Stored | None:
    """Decode a picture as it is; raises UnreadableFile when it is too large or damaged."""
    image, size = placed.image, placed.size_px
    if _filter(image) == Name.DCTDecode:
        return _jpeg(placed, limits)
    limits.check_px(*size)
    inverted = _inverted(image)
    grey = _grey(image, size, limits) if inverted is not None else None
    if grey is None:
        return None
    return Stored(255 - grey if inverted else grey, size, placed.orientation, placed.dpi)


def _filter(image: pikepdf.Object) -> object:
    """Give the one filter of a stream, None when it has none, False when there are several."""
    found = image.get("/Filter")
    if not isinstance(found, pikepdf.Array):
        return found
    return found[0] if len(found) == 1 else (False if len(found) else None)


def _parameters(image: pikepdf.Object) -> pikepdf.Object:
    found = image.get("/DecodeParms")
    if isinstance(found, pikepdf.Array):
        found = found[0] if len(found) else None
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _channels(image: pikepdf.Object) -> int | None:
    """Give 1 for grey, 3 for colour, None for what is neither (inks, tables of colours)."""
    if image.get("/ImageMask", False):
        return 1
    space = image.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and len(space) and space[0] == Name.ICCBased:
        return {1: 1, 3: 3}.get(int(space[1].get("/N", 0)))
    if isinstance(space, pikepdf.Array):
        space = space[0] if len(space) else None
    return 1 if space in GREYS else 3 if space in COLOURS else None


def _inverted(image: pikepdf.Object) -> bool | None:
    """Tell whether the picture is to be inverted; None where its tones are changed in another way."""
    decode = image.get("/Decode")
    if decode is None:
        return False
    values = [float(one) for one in decode]
    pairs = list(zip(values[::2], values[1::2], strict=True))
    if all(pair == (0, 1) for pair in pairs):
        return False
    return True if all(pair == (1, 0) for pair in pairs) else None


def _jpeg(placed: Placed, limits: PageLimits) -> Stored | None:
    content = _raw(placed.image, limits)
    header = checked_header(content, limits)
    inverted = _inverted(placed.image)
    if inverted is None or _channels(placed.image) != header.components:
        return None
    # How the picture is turned and how large it is, the page says, and not the JPEG.
    stored = replace(stored_jpeg(content, replace(header, dpi=placed.dpi)), orientation=placed.orientation)
    return replace(stored, image=255 - stored.image) if inverted else stored


def _raw(image: pikepdf.Object, limits: PageLimits) -> bytes:
    limits.check_image_bytes(int(image.get("/Length", 0)))
    return image.read_raw_bytes()


def _grey(image: pikepdf.Object, size: tuple[int, int], limits: PageLimits) -> Grey | None:
    match _filter(image):
        case Name.CCITTFaxDecode:
            return _fax(image, size, limits)
        case Name.FlateDecode:
            return _deflated(image, size, limits)
        case Name.JPXDecode:
            return _jpx(image, size, limits)
        case _:
            return None


def _fax(image: pikepdf.Object, size: tuple[int, int], limits: PageLimits) -> Grey | None:
    """Decode G4, which is what scanners write."""
    how = _parameters(image)
    if (
        int(how.get("/K", 0)) >= 0
        or not how.get("/EndOfBlock", True)
        or how.get("/EncodedByteAlign", False)
        or int(how.get("/Columns", 1728)) != size[0]
    ):
        return None
    shorts = {258: 1, 259: G4, 262: 0, 277: 1}
    tags: list[Tag] = [(tag, 3, 1, struct.pack("<H", value)) for tag, value in shorts.items()]
    tags += [(tag, 4, 1, struct.pack("<I", value)) for tag, value in {256: size[0], 257: size[1], 278: size[1]}.items()]
    raw = _raw(image, limits)
    check_whole(G4, raw)
    grey = decoded(single_tiff("<", tags, (273, 279), [raw]))
    return 255 - grey if how.get("/BlackIs1", False) else grey


def _deflated(image: pikepdf.Object, size: tuple[int, int], limits: PageLimits) -> Grey | None:
    """Decode what is packed as in a PNG, rows filtered or not."""
    channels, bits = _channels(image), int(image.get("/BitsPerComponent", 1))
    how = _parameters(image)
    predictor = int(how.get("/Predictor", 1))
    if channels is None or bits not in (1, 2, 4, 8, 16) or (channels == 3 and bits < 8):
        return None
    if predictor == 1:
        return _plain(_raw(image, limits), size, channels, bits)
    told = (int(how.get("/Colors", 1)), int(how.get("/BitsPerComponent", 8)), int(how.get("/Columns", 1)))
    if predictor < PNG_PREDICTORS or told != (channels, bits, size[0]):
        return None
    return _as_png(_raw(image, limits), size, channels, bits)


def _plain(raw: bytes, size: tuple[int, int], channels: int, bits: int) -> Grey | None:
    row = -(-size[0] * channels * bits // 8)
    content = zlib.decompressobj().decompress(raw, row * size[1])
    if len(content) < row * size[1]:
        raise UnreadableFile(CUT_SHORT)
    rows = np.frombuffer(content, np.uint8).reshape(size[1], row)
    if bits == 1:
        return np.asarray(np.unpackbits(rows, axis=1, count=size[0]) * 255, dtype=np.uint8)
    if bits != 8:
        return None
    picture = Pillow.fromarray(rows if channels == 1 else rows.reshape(size[1], size[0], 3))
    return grey_of(picture)


def _as_png(raw: bytes, size: tuple[int, int], channels: int, bits: int) -> Grey:
    head = struct.pack(">IIBBBBB", *size, bits, 0 if channels == 1 else 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", raw), (b"IEND", b""))
    whole = SIGNATURE + b"".join(_chunk(kind, body) for kind, body in chunks)
    with Pillow.open(BytesIO(whole), formats=["PNG"]) as picture:
        return grey_of(picture)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _jpx(image: pikepdf.Object, size: tuple[int, int], limits: PageLimits) -> Grey | None:
    with Pillow.open(BytesIO(_raw(image, limits)), formats=["JPEG2000"]) as picture:
        return grey_of(picture) if picture.size == size and picture.mode in ("L", "RGB") else None
