"""What the scanner finds a page by: four corner marks and two machine codes, drawn as PDF operators.

Positions are in mm from the top left of the sheet; PDF operators count in pt from the bottom left.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import zxingcpp

from forms.paper.editions import MARK_MM, PT_PER_MM, Size

CORNER_MARKS: Final = (0b1011_0101_0011_0010, 0b0000_1111_1001_1010, 0b0011_0011_0010_1101, 0b1001_1001_0100_0110)
"""The sixteen inner cells, row by row, white is 1, of markers 0 to 3 of ArUco's dictionary `DICT_4X4_50`: they
stand at the top left, top right, bottom right and bottom left."""

CELLS_A_SIDE: Final = 6
"""Four inner cells and the black border on both sides."""

CODE_MODULES: Final = 21
"""A QR code of version 1."""

QUIET_MODULES: Final = 4


def corner_places_mm(size: Size) -> tuple[tuple[float, float], ...]:
    """Give the top left corner of each corner mark, in the order of `CORNER_MARKS`."""
    near = size.mark_inset_mm
    right, bottom = size.width_mm - near - MARK_MM, size.height_mm - near - MARK_MM
    return (near, near), (right, near), (right, bottom), (near, bottom)


def code_places_mm(size: Size) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give the top left corner of the machine codes: beside the top right and the bottom left corner mark."""
    beside = size.mark_inset_mm + MARK_MM + size.code_gap_mm
    edge = size.mark_inset_mm - (size.code_mm - MARK_MM) / 2
    top = (size.width_mm - beside - size.code_mm, edge)
    return top, (beside, size.height_mm - edge - size.code_mm)


def as_artifact(operators: bytes) -> bytes:
    """Give operators that a screen reader passes over."""
    return b"/Artifact BMC\n" + operators + b"EMC\n"


def corner_operators(size: Size) -> bytes:
    """Give the operators that draw the four corner marks in black."""
    rects = [
        rect
        for bits, place in zip(CORNER_MARKS, corner_places_mm(size), strict=True)
        for rect in _black_cells(bits, place, size)
    ]
    return ("0 g\n" + "\n".join(rects) + "\nf\n").encode()


def _black_cells(bits: int, place: tuple[float, float], size: Size) -> Iterator[str]:
    """Give the rectangles of runs of black cells: runs, so that no white hair shows between neighbours."""
    cell_mm = MARK_MM / CELLS_A_SIDE
    for row in range(CELLS_A_SIDE):
        black = [_is_black(bits, row, column) for column in range(CELLS_A_SIDE)]
        start = 0
        while start < CELLS_A_SIDE:
            end = start
            while end < CELLS_A_SIDE and black[end]:
                end += 1
            if end > start:
                left, top = place[0] + start * cell_mm, place[1] + row * cell_mm
                yield _rect(left, top, (end - start) * cell_mm, cell_mm, size)
            start = max(end, start + 1)


def _is_black(bits: int, row: int, column: int) -> bool:
    if row in (0, CELLS_A_SIDE - 1) or column in (0, CELLS_A_SIDE - 1):
        return True
    return not bits >> (15 - (row - 1) * 4 - (column - 1)) & 1


def _rect(left_mm: float, top_mm: float, width_mm: float, height_mm: float, size: Size) -> str:
    bottom_mm = size.height_mm - top_mm - height_mm
    numbers = (left_mm, bottom_mm, width_mm, height_mm)
    return " ".join(f"{number * PT_PER_MM:.3f}" for number in numbers) + " re"


@lru_cache(maxsize=4)
def _modules(words: str) -> npt.NDArray[np.uint8]:
    code = zxingcpp.create_barcode(words, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return np.asarray(code.to_image(scale=1, add_quiet_zones=False))


def code_bits(words: str) -> bytes:
    """Give a QR code of version 1 as rows of bits, black 0, each row filled up to whole bytes."""
    modules = _modules(words)
    if modules.shape != (CODE_MODULES, CODE_MODULES):
        raise ValueError(f"'{words}' does not fit a code of {CODE_MODULES} modules")
    return np.packbits(modules > 0, axis=1).tobytes()


def code_operators(words: str, size: Size) -> bytes:
    """Give the operators that draw the machine code at both its places, as 1-bit images within the page."""
    image = f"BI /W {CODE_MODULES} /H {CODE_MODULES} /BPC 1 /CS /G ID ".encode() + code_bits(words) + b"\nEI\n"
    drawn = b""
    side_pt = size.code_mm * PT_PER_MM
    for left_mm, top_mm in code_places_mm(size):
        x_pt, y_pt = left_mm * PT_PER_MM, (size.height_mm - top_mm - size.code_mm) * PT_PER_MM
        drawn += f"q {side_pt:.3f} 0 0 {side_pt:.3f} {x_pt:.3f} {y_pt:.3f} cm ".encode() + image + b"Q\n"
    return drawn
