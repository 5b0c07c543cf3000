"""The kiosk's screens: `python -m tests.bench.kiosk_look [--quick] [--pictures FOLDER]`.

Every screen × theme × text size × language × window goes through axe-core with its strictest rules (AAA) and through
checks in millimetres; then the order of Tab, text twice as large, and what the first screen weighs. The screens are
made up and drawn by the kiosk's own templates. `--pictures` writes contact sheets of all of them, to be looked at. The
exit code is 1 when anything is found.
"""

import argparse
import gzip
import io
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, Response

from kiosk.screens import Colours, Size
from tests.bench.paper import Figures
from tests.journeys.browser import chromium, held
from tests.journeys.kiosk_screens import ALL_VISIBLE, LANGUAGES, REPLACE, WINDOWS, Case, Looker, everything, pairs
from tests.kiosk.look.made import SCREENS
from tests.kiosk.look.showcase import showcase

FIRST_KB_MAX: Final = 150
QUICK_CASES: Final = 4
TYPED: Final = ("code", "comment", "number", "date", "contact")
"""Screens on which something is typed."""
SCALES: Final = ("scale", "scale of six", "faces")
"""Screens whose answers must be seen together at the normal size."""
PACKED: Final = (".woff2", ".woff")
SHEET_PX: Final = 2400
SHOWN: Final = 12
"""Findings that are printed."""


def findings(browser: Browser, site: str, cases: Iterable[Case]) -> Figures:
    """Look at many cases for what shuts people out."""
    page = browser.new_context().new_page()
    looker = Looker(page, site)
    count, found = 0, list[str]()
    for case in cases:
        count += 1
        found += looker.at(case)
    for one in found[:SHOWN]:
        print(one, file=sys.stderr)  # noqa: T201
    page.context.close()
    table = Figures("Screens: axe-core with AAA, and checks in millimetres")
    table.add(f"findings on {count} screens", "0", str(len(found)), held=not found)
    table.add("requests to elsewhere", "0", str(len(looker.outside)), held=not looker.outside)
    return table


def order(browser: Browser, site: str, screens: Sequence[str]) -> Figures:
    """Go through screens by Tab, look whether scales are seen as a whole, open the keys, and double the text."""
    looker = Looker(browser.new_context(device_scale_factor=1).new_page(), site)
    tabbed, cut, typed, sideways = list[str](), list[str](), list[str](), list[str]()
    for width, height in WINDOWS:
        for screen in screens:
            case = Case(screen, "en", Size.NORMAL, Colours.LIGHT, (width, height))
            _show(looker, case)
            tabbed += looker.tabbed()
            cut += looker.page.evaluate(ALL_VISIBLE) if screen in SCALES else []
            for language in LANGUAGES if screen in TYPED else ():
                _show(looker, replace(case, language=language))
                typed += looker.typing()
            for language in LANGUAGES:
                doubled = Case(screen, language, Size.NORMAL, Colours.LIGHT, (width // 2, height // 2))
                _show(looker, doubled)
                sideways += [one for one in looker.measured() if "sideways" in one or "outside the window" in one]
    looker.page.context.close()
    table = Figures("Tab, whole scales, keys on the glass, and text made twice as large by the browser")
    table.add("not reached by Tab, covered, or without visible focus", "0", str(len(tabbed)), held=not tabbed)
    table.add("answers of a scale out of sight at the normal size", "0", str(len(cut)), held=not cut)
    table.add("keys on the glass too small, too close, or over their field", "0", str(len(typed)), held=not typed)
    table.add("screens that scroll sideways at 200 %", "0", str(len(sideways)), held=not sideways)
    for one in (*tabbed, *cut, *typed, *sideways)[:SHOWN]:
        print(one, file=sys.stderr)  # noqa: T201
    return table


def _show(looker: Looker, case: Case) -> None:
    looker.page.set_viewport_size({"width": case.window[0], "height": case.window[1]})
    looker.page.evaluate(REPLACE, case.address(looker.site, part="1"))


def weight(browser: Browser, site: str) -> Figures:
    """Add up what a browser loads for the first screen in English, each file as gzip would send it."""
    page = browser.new_context().new_page()
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 (playwright marks it)
    page.goto(f"{site}/show?screen=start&language=en", wait_until="networkidle")
    bodies = {response.url: response.body() for response in loaded if response.ok}
    plain = sum(map(len, bodies.values()))
    packed = sum(len(body if url.endswith(PACKED) else gzip.compress(body, 9)) for url, body in bodies.items())
    page.context.close()
    table = Figures(f"First screen: {len(bodies)} files, fonts included")
    table.add("compressed", f"≤ {FIRST_KB_MAX} kB", f"{packed / 1000:.1f} kB", held=packed <= FIRST_KB_MAX * 1000)
    table.add("as they are", "", f"{plain / 1000:.1f} kB", held=True)
    return table


def pictures(browser: Browser, site: str, folder: Path) -> None:
    """Write a contact sheet for each window, theme, size and language."""
    folder.mkdir(parents=True, exist_ok=True)
    page = Looker(browser.new_context().new_page(), site).page
    sheets: dict[str, list[Image.Image]] = {}
    for case in everything():
        page.set_viewport_size({"width": case.window[0], "height": case.window[1]})
        page.evaluate(REPLACE, case.address(site, part="1"))
        name = f"{case.window[0]}x{case.window[1]}-{case.colours}-{case.size}-{case.language}"
        sheets.setdefault(name, []).append(_picture(page))
        if len(sheets[name]) == len(SCREENS):
            _sheet(sheets.pop(name)).save(folder / f"{name}.png")


def _picture(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def _sheet(shots: Sequence[Image.Image]) -> Image.Image:
    width, height = shots[0].size
    columns = 8 if height > width else 5
    scale = SHEET_PX / (columns * width)
    cell = (int(width * scale), int(height * scale))
    sheet = Image.new("RGB", (columns * (cell[0] + 6), -(-len(shots) // columns) * (cell[1] + 6)), "#888")
    for at, shot in enumerate(shots):
        sheet.paste(shot.resize(cell), ((at % columns) * (cell[0] + 6), (at // columns) * (cell[1] + 6)))
    return sheet


def figures(*, quick: bool) -> list[Figures]:
    """Measure everything, or a little of each."""
    cases = islice(pairs(), QUICK_CASES) if quick else everything()
    screens = ("scale",) if quick else tuple(SCREENS)
    with held(showcase()) as site, chromium() as browser:
        return [findings(browser, site, cases), order(browser, site, screens), weight(browser, site)]


def main(arguments: Sequence[str]) -> int:
    """Print the tables, or write the pictures; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.kiosk_look", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--pictures", type=Path)
    asked = parser.parse_args(arguments)
    if asked.pictures:
        with held(showcase()) as site, chromium() as browser:
            pictures(browser, site, asked.pictures)
        return 0
    return 1 if sum(table.show() for table in figures(quick=asked.quick)) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
