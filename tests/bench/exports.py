"""Print whether other programs read exports as they were kept: `python -m tests.bench.exports [--quick]`.

LibreOffice opens the workbook and the CSV file in a folder of its own; pandas and pyreadstat read theirs in the tests
(`tests/server/exports`). Answers are odd on purpose: formulas, quotes, lines, emoji. `--quick` leaves LibreOffice out.
The exit code is 1 when a cell differs, or one runs as a formula.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from server.exports.columns import Holds, What, columns_of
from server.exports.making import Asked, export
from server.responses.saving import save_response
from server.results.wording import Worded
from server.store import Store
from tests.bench.paper import Figures
from tests.bench.stores import store_on
from tests.server.exports.test_round_trip import SAID, odd_form
from tests.server.filling import incoming, new_campaign

ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""Commas, quotes, UTF-8, cells as they are shown, every sheet in a file of its own (LibreOffice 7.2 and later)."""


def files(store: Store) -> Mapping[str, bytes]:
    """Give the same answers as JSON lines, workbook and CSV."""
    campaign = new_campaign(store, form=odd_form())
    for said in SAID:
        save_response(store, incoming(campaign, said, form=odd_form()))
    made = dict[str, bytes]()
    for suffix in (".jsonl", ".xlsx", ".csv"):
        out = BytesIO()
        export(store, Asked(campaign.id, suffix, frozenset(What)), out, today=date(2026, 11, 26), by=None)
        made[suffix] = out.getvalue()
    return made


def cells_that_differ(made: Mapping[str, bytes], folder: Path) -> tuple[int, int]:
    """Give how many cells of the workbook LibreOffice reads otherwise than they were kept, and of how many."""
    path = folder / "answers.xlsx"
    path.write_bytes(made[".xlsx"])
    _converted(path, ALL_SHEETS)
    with (folder / "answers-Answers.csv").open(encoding="utf-8", newline="") as read:
        rows = list(csv.DictReader(read))
    kept = [json.loads(line) for line in made[".jsonl"].decode().splitlines()]
    columns = columns_of(Worded(odd_form(), {"complaints_phone": "1"}), frozenset(What))
    pairs = [
        (row[one.name], _shown(one.codes.get(was[one.name], was[one.name]), one.holds))
        for row, was in zip(rows, kept, strict=True)
        for one in columns
    ]
    return sum(read != wanted for read, wanted in pairs), len(pairs)


def _shown(value: Any, holds: Holds) -> str:
    """Give a kept value as LibreOffice writes its cell: days as in the United States, where nobody set a country."""
    if value is None:
        return ""
    if holds is Holds.DAY:
        return f"{date.fromisoformat(value):%m/%d/%Y}"
    return str(value)


def formulas(made: Mapping[str, bytes], folder: Path) -> int:
    """Give how many cells of the CSV file LibreOffice takes for formulas, all checks for special numbers on."""
    path = folder / "answers.csv"
    path.write_bytes(made[".csv"])
    _converted(path, "ods", "--infilter=CSV:44,34,76,1,,0,false,true")
    with ZipFile(folder / "answers.ods") as parts:
        return parts.read("content.xml").count(b"table:formula")


def _converted(path: Path, to: str, *more: str) -> None:
    words = ["soffice", "--headless", f"-env:UserInstallation=file://{path.parent}/profile", *more]
    subprocess.run(
        [*words, "--convert-to", to, "--outdir", str(path.parent), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )


def figures(*, quick: bool) -> Figures:
    """Read the files back."""
    shown = Figures("Exports read back by LibreOffice")
    if quick or shutil.which("soffice") is None:
        why = "left out" if quick else "not installed: apt-get install --no-install-recommends libreoffice-calc-nogui"
        shown.add("LibreOffice", "", why, held=True)
        return shown
    with store_on("SQLite") as store, tempfile.TemporaryDirectory() as folder:
        made = files(store)
        wrong, of = cells_that_differ(made, Path(folder))
        shown.add("cells of the workbook that differ", "0", f"{wrong} of {of}", held=wrong == 0 < of)
        runs = formulas(made, Path(folder))
        shown.add("cells of the CSV file that run as formulas", "0", str(runs), held=runs == 0)
    return shown


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    return 1 if figures(quick="--quick" in arguments).show() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
