"""A run's households → sheets of sticky labels, in the run's order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.queries.recipients import Recipient
from server.runs.addressed.fitting import Fitted, Room, fitted
from server.runs.addressed.rendering import joined, rendered

COLUMNS: Final = 3
ROWS: Final = 7
WIDTH_MM: Final = 63.5
HEIGHT_MM: Final = 38.1
TOP_MM: Final = 15.15
LEFT_MM: Final = 7.2
GAP_MM: Final = 2.5
"""The sheet that stationers sell as L7160: 21 labels on A4, with gaps between columns only."""

PAD_MM: Final = 4.0
"""From a label's edge to its words: office printers shift a sheet by up to 3 mm."""

NUMBER_MM: Final = 3.4
"""At the foot of a label, for the run's and the copy's number."""

ROOM: Final = Room(WIDTH_MM - 2 * PAD_MM, HEIGHT_MM - 2 * PAD_MM - NUMBER_MM, (13, 12, 11, 10, 9, 8, 7))

SHEETS_AT_ONCE: Final = 10
"""Laid out together: what that takes of memory grows with each."""

NO_ADDRESS: Final = "No address: household {code}"
"""What stands in place of an address that is not known: whoever packs the envelopes sees to it by hand."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label: where it is on its sheet, and what stands on it."""

    left_mm: float
    top_mm: float
    words: Fitted
    number: str


def labels(run_id: int, recipients: Sequence[Recipient]) -> bytes:
    """Give the PDF of all labels of a run, 21 to a sheet."""
    placed = list(_placed(run_id, recipients))
    each = COLUMNS * ROWS
    sheets = [placed[at : at + each] for at in range(0, len(placed), each)]
    parts = (
        rendered(
            "labels.html",
            sheets=sheets[at : at + SHEETS_AT_ONCE],
            width_mm=WIDTH_MM,
            height_mm=HEIGHT_MM,
            pad_mm=PAD_MM,
            number_mm=NUMBER_MM,
        ).write_pdf()
        for at in range(0, len(sheets), SHEETS_AT_ONCE)
    )
    return joined(parts)


def _placed(run_id: int, recipients: Sequence[Recipient]) -> Iterator[Label]:
    for index, recipient in enumerate(recipients):
        row, column = divmod(index % (COLUMNS * ROWS), COLUMNS)
        yield Label(
            left_mm=round(LEFT_MM + column * (WIDTH_MM + GAP_MM), 2),
            top_mm=round(TOP_MM + row * HEIGHT_MM, 2),
            words=fitted(address_lines(recipient), ROOM),
            number=f"{run_id}/{index + 1}",
        )


def address_lines(recipient: Recipient) -> tuple[str, ...]:
    """Give what stands on an envelope, or that there is no address."""
    lines = recipient.lines
    return (recipient.name, *lines) if lines else (recipient.name, NO_ADDRESS.format(code=recipient.code))
