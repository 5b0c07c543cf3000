"""Shaking hands at the kiosk: `python -m tests.bench.kiosk_taps [--quick]`.

In a real browser on the real server, over every kind of question: one touch that is meant, 700 ms after its screen was
drawn, then touches of the same thing 40 to 600 ms after each other. Each touch is a real touch event of the browser
(Chrome's debugging protocol); simulated is only the clock that `lock.js` reads, which moves where the bench moves it.
The exit code is 1 when a touch that was meant did nothing, or one that was not meant did something.
"""

import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from server.app import create_app
from tests.bench.paper import Figures
from tests.bench.stores import load, opened
from tests.forms import every_kind
from tests.journeys.browser import chromium, held
from tests.journeys.kiosk import opened as kiosk_opened
from tests.server.sittings.visitor import a_campaign_at, a_place

TAPS, QUICK_TAPS = 10_000, 60
MEANT_MS: Final = 700
AGAIN_MS: Final = (40, 600)
AGAIN_MOST: Final = 4
SEED: Final = 7
LOOKS_MAX: Final = 5000
"""So often is looked for the next screen: half a minute, on a machine that is busy with other things."""
WINDOW: Final = (1024, 768)

OWN_CLOCK: Final = (
    "() => { let now = performance.now(); performance.now = () => now; window.later = ms => { now += ms; }; }"
)

LOOK: Final = """() => { const screen = document.getElementById('screen'); return {
  turn: screen.dataset.turn, kind: screen.dataset.kind, heading: document.getElementById('heading').textContent,
  chosen: [...screen.querySelectorAll('.row input:checked')].map(one => one.name + one.value).join(' ')}; }"""

CHOSEN: Final = """at => { const one = document.querySelectorAll('.main label.row input')[at];
  return one ? {on: one.checked, type: one.type} : null; }"""

WHERE: Final = """([selector, at]) => {
  const one = document.querySelectorAll(selector)[at]; if (!one) return null; one.scrollIntoView({block: 'nearest'});
  const box = one.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; }"""


@dataclass
class Counted:
    """What came of the touches."""

    taps: int = 0
    meant: int = 0
    lost: int = 0
    """Touches that were meant and did nothing."""
    doubled: int = 0
    """Touches of an answer that were not meant and changed it."""
    skipped: int = 0
    """Touches of a button that were not meant and left the screen."""
    kinds: set[str] = field(default_factory=set)


class Hand:
    """Touches the glass of one page."""

    def __init__(self, page: Page, seed: int) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.chance = random.Random(seed)
        self.counted = Counted()
        page.evaluate(OWN_CLOCK)

    def look(self) -> dict[str, Any]:
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        return seen

    def touch(self, at: Sequence[float], wait_ms: float) -> None:
        """Wait, as the page's clock counts, and touch."""
        self.page.evaluate("ms => later(ms)", wait_ms)
        point = {"x": at[0], "y": at[1]}
        self.session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        self.session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        self.counted.taps += 1

    def again(self, at: Sequence[float]) -> None:
        """Touch the same place a few times more, as a shaking hand does."""
        for _ in range(self.chance.randint(1, AGAIN_MOST)):
            self.touch(at, self.chance.uniform(*AGAIN_MS))

    def choose(self) -> None:
        """Touch an answer of the screen, if it has any, and shake."""
        rows = self.page.locator(".main label.row").count()
        if not rows:
            return
        number = self.chance.randrange(rows)
        at = self.page.evaluate(WHERE, [".main label.row", number])
        if at is None:  # a tap of before, which should not have counted, has led on meanwhile
            return
        before = self.page.evaluate(CHOSEN, number)
        if before is None:
            return
        wanted = not before["on"] or before["type"] == "radio"
        self.touch(at, MEANT_MS)
        self.counted.meant += 1
        got = self.page.evaluate(CHOSEN, number)
        self.counted.lost += got is None or got["on"] != wanted
        after = self.look()
        self.again(at)
        self.counted.doubled += self.look() != after

    def go_on(self, selector: str) -> None:
        """Touch a button, and shake on the screen that comes."""
        at = self.page.evaluate(WHERE, [selector, 0])
        if at is None:
            return
        before = self.look()
        self.touch(at, MEANT_MS)
        self.counted.meant += 1
        if not self._has_come(before["turn"]):
            self.counted.lost += 1
            return
        after = self.look()
        self.again(at)
        self.counted.skipped += self.look()["turn"] != after["turn"]

    def _has_come(self, turn: str) -> bool:
        return any(self.look()["turn"] != turn for _ in range(LOOKS_MAX))


def walk(hand: Hand, campaign: int, taps: int) -> Counted:
    """Answer the form again and again until so many touches were made."""
    stuck = ""
    while hand.counted.taps < taps:
        seen = hand.look()
        hand.counted.kinds.add(seen["kind"])
        if seen["kind"] == "start":
            hand.go_on(f'.big[value="begin {campaign}"]')
            continue
        hand.choose()
        is_stuck, stuck = seen["heading"] == stuck, seen["heading"]
        hand.go_on(".moves [value=skip]" if is_stuck and seen["kind"] == "question" else ".moves .is-main")
    return hand.counted


def figures(*, quick: bool) -> Figures:
    """Measure the touches."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), None) as store:
        place = a_place(store)
        campaign = a_campaign_at(store, place.site_id, every_kind(), "Every kind")
        with held(create_app(store.settings, store)) as site, chromium() as browser:
            page = kiosk_opened(browser, site, place, WINDOW)
            counted = walk(Hand(page, SEED), campaign, QUICK_TAPS if quick else TAPS)
    table = Figures(f"Touches of a shaking hand, real browser and server, simulated clock ({load()})")
    table.add("touches", "" if quick else f"≥ {TAPS:,}", f"{counted.taps:,}", held=quick or counted.taps >= TAPS)
    table.add("skipped", "0", str(counted.skipped), held=counted.skipped == 0)
    table.add("doubled", "0", str(counted.doubled), held=counted.doubled == 0)
    counting = f"{counted.meant - counted.lost:,} of {counted.meant:,}"
    table.add(f"single touches at {MEANT_MS} ms that count", "all", counting, held=counted.lost == 0)
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    return 1 if figures(quick="--quick" in arguments).show() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
