"""Make `rsh-tsm-2025.csv` anew: some landlords of the regulator's dataset of 2025, without what they wrote in words.

`python -m tests.server.reports.extract FILE.xlsx`. Crown copyright, Open Government Licence v3.0.
"""

import csv
import sys
from pathlib import Path

from server.reports.regulator.workbook import read_sheets

HERE = Path(__file__).parent
EXTRACT = HERE / "rsh-tsm-2025.csv"
SHEET = "TSM25_LCRA_Perception"
HEADING_ROW = 10
EVERY = 18
ALSO = ("Melton Borough Council",)
SIGNS = ("[E]",)
IN_WORDS = ("URL", "contractor", "conducted", "notes", "Other collection", "Other weighting")
"""Columns of free text, whose cells are left empty."""


def main(file: str) -> None:
    """Write every eighteenth landlord, our own, and those whose row holds a sign that no other has."""
    sheet = next(sheet for sheet in read_sheets(Path(file).read_bytes()) if sheet.name == SHEET)
    headings = sheet.rows[HEADING_ROW]
    texts = {place for place, heading in enumerate(headings) if any(word in str(heading) for word in IN_WORDS)}
    rows = [
        ["" if place in texts else _written(cell) for place, cell in enumerate(row)]
        for number, row in enumerate(sheet.rows[HEADING_ROW + 1 :])
        if number % EVERY == 0 or row[0] in ALSO or any(sign in row for sign in SIGNS)
    ]
    with EXTRACT.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out, lineterminator="\n").writerows([[str(heading) for heading in headings], *rows])


def _written(cell: str | float) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else cell


if __name__ == "__main__":
    main(sys.argv[1])
