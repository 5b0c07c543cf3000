"""Sound files that hold no page of ours: photos of nothing, other papers, what lies about in folders."""

import io
import zipfile
from collections.abc import Callable

import cv2
import numpy as np
import zxingcpp

from forms import library
from forms.codes.machine import MachineCode
from forms.landlord import Landlord
from forms.paper import marks
from forms.paper.editions import MARK_MM, SIZES, SizeName
from forms.paper.printing import print_form
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.pens import Image
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS

HEIGHT, WIDTH = 1754, 1240
PX_PER_MM = 150 / 25.4
INK = 30

Making = Callable[[np.random.Generator], bytes]


def noise(rng: np.random.Generator) -> bytes:
    """Give a photo of noise."""
    return files.jpeg(rng.integers(0, 256, (HEIGHT, WIDTH), dtype=np.uint8))


def gradient(rng: np.random.Generator) -> bytes:
    """Give a photo of a wall with a lamp."""
    top, bottom, left, right = (float(one) for one in rng.uniform(0, 255, 4))
    light = np.linspace(top, bottom, HEIGHT)[:, None] + np.linspace(left, right, WIDTH)
    return files.jpeg((light / 2).astype(np.uint8))


def texture(rng: np.random.Generator) -> bytes:
    """Give a photo of gravel: blobs of every size, some of them nearly square."""
    rough = rng.integers(0, 256, (HEIGHT // 24, WIDTH // 24), dtype=np.uint8)
    large = cv2.resize(rough, (WIDTH, HEIGHT), interpolation=int(rng.choice([cv2.INTER_NEAREST, cv2.INTER_CUBIC])))
    return files.jpeg(np.asarray(large, dtype=np.uint8))


def letter(rng: np.random.Generator) -> bytes:
    """Give a scanned letter: lines of words, boxes of a form of somebody else."""
    page: Image = np.full((HEIGHT, WIDTH), 250, dtype=np.uint8)
    for y in range(150, HEIGHT - 100, 40):
        words = "".join(rng.choice(list("abcdefghij klmnopqrst uvw"), int(rng.integers(20, 60))))
        cv2.putText(page, words, (120, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, INK, 1, cv2.LINE_AA)
        cv2.rectangle(page, (60, y - 22), (90, y + 8), INK, 2)
    return files.png(page)


def strange_codes(rng: np.random.Generator) -> bytes:
    """Give a page with QR codes of somebody else all over it."""
    page: Image = np.full((HEIGHT, WIDTH), 255, dtype=np.uint8)
    for _ in range(6):
        words = f"https://example.org/{rng.integers(10**9)}"
        _put_code(page, words, float(rng.uniform(10, 170)), float(rng.uniform(10, 250)))
    return files.png(page)


def our_corners(rng: np.random.Generator) -> bytes:
    """Give a page with our corner marks and codes that are none of ours in the places of ours."""
    page = _with_corners()
    words = str(rng.choice(["https://example.org", "", "0", "A" * 60, str(rng.integers(10**12))])) or "x"
    for x, y in marks.code_places_mm(SIZES[SizeName.A4]):
        _put_code(page, words, x, y)
    return files.png(page)


def unknown_printing(rng: np.random.Generator) -> bytes:
    """Give a page with our corner marks and the code of a printing that nobody knows."""
    page = _with_corners()
    name = "".join(rng.choice(list("BCDFGHJKMN"), 8))
    for x, y in marks.code_places_mm(SIZES[SizeName.A4]):
        _put_code(page, MachineCode(name, int(rng.integers(1, 5))).words(), x, y)
    return files.png(page)


def foreign_form(rng: np.random.Generator) -> bytes:
    """Give a return of another form of ours than those that are read by."""
    printing = print_form(library.find("poll"), Landlord())
    return simulated_return(printing, int(rng.integers(10**6)), WEARS["grey-200"], Family.JUDGING).pages[0].encoded()


def junk(rng: np.random.Generator) -> bytes:
    """Give what lies about in folders: nothing, words, an archive, random bytes, a shortcut."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("scan.jpg", b"no picture")
    kinds = (b"", b"\0" * 4096, b"[.ShellClassInfo]\r\nIconIndex=0\r\n", packed.getvalue(), rng.bytes(5000))
    heads = (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"%PDF-1.7\n", b"\0\0\0\x18ftypheic")
    every = (*kinds, *(head + rng.bytes(int(rng.integers(0, 3000))) for head in heads))
    return every[int(rng.integers(len(every)))]


FOREIGN: dict[str, Making] = {
    "noise": noise,
    "a wall": gradient,
    "gravel": texture,
    "a letter": letter,
    "codes of others": strange_codes,
    "our corners, codes of others": our_corners,
    "our corners, unknown printing": unknown_printing,
    "another form of ours": foreign_form,
    "junk of folders": junk,
}


def _with_corners() -> Image:
    page: Image = np.full((HEIGHT, WIDTH), 255, dtype=np.uint8)
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    side = round(MARK_MM * PX_PER_MM)
    for number, (x, y) in enumerate(marks.corner_places_mm(SIZES[SizeName.A4])):
        left, top = round(x * PX_PER_MM), round(y * PX_PER_MM)
        page[top : top + side, left : left + side] = cv2.aruco.generateImageMarker(dictionary, number, side)
    return page


def _put_code(page: Image, words: str, x_mm: float, y_mm: float) -> None:
    side = round(SIZES[SizeName.A4].code_mm * PX_PER_MM)
    code = np.array(zxingcpp.create_barcode(words, zxingcpp.BarcodeFormat.QRCode).to_image(), dtype=np.uint8)
    left, top = round(x_mm * PX_PER_MM), round(y_mm * PX_PER_MM)
    page[top : top + side, left : left + side] = cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST)
