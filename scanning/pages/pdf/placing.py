"""The content of a page → the one picture that it shows and how that lies on it, or None when there is more to see."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import Any, Final

import pikepdf
from pikepdf import Matrix, Name

from scanning.pages.orientation import Orientation

CONTENT_MAX_BYTES: Final = 2**18
"""A page of one picture takes 60 bytes, with the invisible words of OCR up to 100 thousand."""

LEAN_MAX: Final = 0.01
"""A picture that leans by more than this part of its side is rendered."""

STATE: Final = {"w", "J", "j", "M", "d", "ri", "i", "BX", "EX", "BMC", "BDC", "EMC", "MP", "DP"}
TEXT_STATE: Final = {"BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Ts", "Td", "TD", "Tm", "T*"}
PATHS: Final = {"m", "l", "c", "v", "y", "h", "re", "W", "W*", "n"}
STROKE_COLOURS: Final = {"G", "RG", "K", "CS", "SC", "SCN"}
SILENT: Final = frozenset(STATE | TEXT_STATE | PATHS | STROKE_COLOURS)
"""Operators that leave nothing on the page."""

COLOURS: Final = frozenset(["g", "rg", "k", "cs", "sc", "scn"])
BLACK: Final = {"g": (0,), "rg": (0, 0, 0), "k": (0, 0, 0, 1)}
WORDS: Final = frozenset(["Tj", "TJ", "'", '"'])
INVISIBLE: Final = 3
UNSEEN_ANNOTATIONS: Final = frozenset(["/Link", "/Popup"])
HIDDEN: Final = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page."""

    image: pikepdf.Object
    orientation: Orientation
    inches: tuple[float, float]
    """Along the picture's own width and height."""
    in_black: bool
    """Whether what is painted through it, if it is a stencil, is black."""

    @property
    def size_px(self) -> tuple[int, int]:
        """Give the picture's width and height as its dictionary tells them."""
        return int(self.image.get("/Width", 0)), int(self.image.get("/Height", 0))

    @property
    def dpi(self) -> tuple[float, float]:
        """Give the resolution along its width and height."""
        return self.size_px[0] / self.inches[0], self.size_px[1] / self.inches[1]

    @property
    def is_plain(self) -> bool:
        """Tell whether its own pixels are all there is to see: no mask lies over it, and it is no coloured stencil."""
        is_masked = "/SMask" in self.image or "/Mask" in self.image
        return not is_masked and (self.in_black or not self.image.get("/ImageMask", False))


@dataclass(slots=True)
class _State:
    ctm: Matrix = field(default_factory=Matrix)
    words: int = 0
    in_black: bool = True


class _MoreError(Exception):
    """There is more on the page than one picture."""


def placed_picture(pdf: pikepdf.Pdf, page: pikepdf.Page) -> Placed | None:
    """Give the only thing that a page shows, if it is a picture that lies straight."""
    content = _content(page)
    if content is None or _is_annotated(page):
        return None
    try:
        shown = _shown(pikepdf.parse_content_stream(pdf.make_stream(content)), page.resources)
    except _MoreError:
        return None
    if shown is None:
        return None
    image, state = shown
    turned = _oriented(state.ctm, int(page.obj.get("/Rotate", 0)))
    if turned is None:
        return None
    a, b, c, d = state.ctm.a, state.ctm.b, state.ctm.c, state.ctm.d
    return Placed(image, turned, (hypot(a, b) / 72, hypot(c, d) / 72), state.in_black)


def _content(page: pikepdf.Page) -> bytes | None:
    """Give what is drawn on a page, None when that is long or packed in an unusual way."""
    contents = page.obj.get("/Contents")
    streams: Sequence[Any] = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    parts = [_unpacked(one) if isinstance(one, pikepdf.Stream) else None for one in streams[:100]]
    known = [part for part in parts if part is not None]
    if len(known) < len(streams) or sum(map(len, known)) > CONTENT_MAX_BYTES:
        return None
    return b"\n".join(known)


def _unpacked(stream: pikepdf.Stream) -> bytes | None:
    name = stream.get("/Filter")
    if isinstance(name, pikepdf.Array) and len(name) == 1:
        name = name[0]
    if int(stream.get("/Length", 0)) > CONTENT_MAX_BYTES or name not in (None, Name.FlateDecode):
        return None
    raw = stream.read_raw_bytes()
    if name is None:
        return raw
    try:
        return zlib.decompressobj().decompress(raw, CONTENT_MAX_BYTES)
    except zlib.error:
        return None


def _is_annotated(page: pikepdf.Page) -> bool:
    """Tell whether something was put on top of the page: a stamp, a note, a drawing."""
    for annotation in page.obj.get("/Annots", []):
        is_hidden = int(annotation.get("/F", 0)) & HIDDEN
        if not is_hidden and str(annotation.get("/Subtype", "")) not in UNSEEN_ANNOTATIONS:
            return True
    return False


def _shown(
    instructions: Sequence[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage],
    resources: pikepdf.Dictionary,
) -> tuple[pikepdf.Object, _State] | None:
    """Follow a page's content up to its end; raises _MoreError at the first thing that is not the one picture."""
    state, saved = _State(), list[_State]()
    shown: tuple[pikepdf.Object, _State] | None = None
    for instruction in instructions:
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "Do":
            if shown is not None:
                raise _MoreError
            shown = (_picture(resources, operands), _State(state.ctm, state.words, state.in_black))
        elif operator == "q":
            saved.append(_State(state.ctm, state.words, state.in_black))
        elif operator == "Q":
            state = saved.pop() if saved else _State()
        else:
            _follow(state, operator, operands, resources)
    return shown


def _follow(state: _State, operator: str, operands: Sequence[Any], resources: pikepdf.Dictionary) -> None:
    """Take over what an operator changes; raises _MoreError when it draws."""
    if operator == "cm":
        state.ctm = Matrix(*(float(one) for one in operands)) @ state.ctm
    elif operator == "Tr":
        state.words = int(operands[0])
    elif operator in COLOURS:
        state.in_black = operator in BLACK and tuple(float(one) for one in operands) == BLACK[operator]
    elif operator == "gs":
        _check_graphics(resources, operands)
    elif operator in WORDS and state.words == INVISIBLE:
        pass
    elif operator not in SILENT:
        raise _MoreError


def _check_graphics(resources: pikepdf.Dictionary, operands: Sequence[Any]) -> None:
    """Refuse what makes a picture see-through."""
    graphics = _named(resources, "/ExtGState", operands)
    if not isinstance(graphics, pikepdf.Dictionary):
        raise _MoreError
    plain = float(graphics.get("/ca", 1)) == 1 and graphics.get("/SMask", Name("/None")) == Name("/None")
    if not plain or graphics.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible):
        raise _MoreError


def _picture(resources: pikepdf.Dictionary, operands: Sequence[Any]) -> pikepdf.Object:
    image = _named(resources, "/XObject", operands)
    if not isinstance(image, pikepdf.Stream) or image.get("/Subtype") != Name.Image:
        raise _MoreError
    return image


def _named(resources: pikepdf.Dictionary, kind: str, operands: Sequence[Any]) -> object:
    held = resources.get(kind)
    return held.get(str(operands[0])) if isinstance(held, pikepdf.Dictionary) else None


def _oriented(ctm: Matrix, rotate_deg: int) -> Orientation | None:
    """Give how a picture must be turned to be seen as on the page; None where it leans."""
    # Along the picture's width and down its height, on a page with y downwards.
    across, down = (ctm.a, -ctm.b), (-ctm.c, ctm.d)
    if rotate_deg % 90 == 0:
        for _ in range(rotate_deg // 90 % 4):
            across, down = (-across[1], across[0]), (-down[1], down[0])
    if max(abs(across[1]), abs(down[0])) <= LEAN_MAX * min(abs(across[0]), abs(down[1])):
        return Orientation(mirrored_x=across[0] < 0, mirrored_y=down[1] < 0)
    if max(abs(across[0]), abs(down[1])) <= LEAN_MAX * min(abs(across[1]), abs(down[0])):
        return Orientation(transposed=True, mirrored_x=down[0] < 0, mirrored_y=across[1] < 0)
    return None
