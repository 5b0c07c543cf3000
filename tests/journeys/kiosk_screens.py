"""Looks at a kiosk screen in a browser for what shuts people out: axe-core's strictest rules, and checks in mm."""
# ruff: noqa: E501 (translations and scripts stand as they are)

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from playwright.sync_api import Page

from kiosk.screens import Colours, Size
from tests.journeys.browser import AXE
from tests.kiosk.look.made import SCREENS

LANGUAGES: Final = ("en", "pl", "ar")
WINDOWS: Final = ((1080, 1920), (1920, 1080), (1024, 768))

STRICT_RULES: Final = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

TARGET_MM: Final = 20
GAP_MM: Final = 3
CAPITAL_MM: Final = 6.1
CAPITAL: Final = 0.668
"""Height of a capital as a part of the type size, in Atkinson Hyperlegible Next."""

RUN_AXE: Final = """async tags => {
  const strict = Object.fromEntries(axe.getRules(tags).map(rule => [rule.ruleId, {enabled: true}]));
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, rules: strict, resultTypes: ['violations']});
  return found.violations.flatMap(one => one.nodes.slice(0, 2).map(node => `${one.id}: ${one.help}: ${node.html.slice(0, 160)}`));
}"""

REPLACE: Final = """async address => {
  const text = await (await fetch(address)).text();
  const part = new DOMParser().parseFromString(text, 'text/html');
  document.title = part.title;
  const screen = part.getElementById('screen');
  document.getElementById('screen').replaceWith(screen);
  document.documentElement.lang = screen.lang; document.documentElement.dir = screen.dir;
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""

MEASURE: Final = r"""([target, gap, type]) => {
  const wrong = [], mm = parseFloat(getComputedStyle(document.documentElement).fontSize) / 10;
  const name = one => (one.textContent.trim().replace(/\s+/g, ' ') || one.name || one.className).slice(0, 40);
  const shown = one => one.checkVisibility({visibilityProperty: true});
  const boxes = [...document.querySelectorAll('.screen button, .screen label.row, .line input, .line textarea')].filter(shown)
    .filter(one => !one.closest('dialog')).map(one => [one, one.getBoundingClientRect()]);
  for (const [one, box] of boxes)
    if (Math.min(box.width, box.height) < target * mm - .5)
      wrong.push(`target ${(box.width / mm).toFixed(1)} x ${(box.height / mm).toFixed(1)} mm: ${name(one)}`);
  const inView = one => { const box = one.closest('.main') ?.getBoundingClientRect(); return box; };
  for (let a = 0; a < boxes.length; a++) for (let b = a + 1; b < boxes.length; b++) {
    const [one, p] = boxes[a], [other, q] = boxes[b];
    if (!!inView(one) !== !!inView(other)) continue;   // what scrolls is cut off before what stands still
    const dx = Math.max(p.left - q.right, q.left - p.right), dy = Math.max(p.top - q.bottom, q.top - p.bottom);
    if (Math.max(dx, dy) < gap * mm - .5) wrong.push(`gap ${(Math.max(dx, dy) / mm).toFixed(1)} mm: ${name(one)} | ${name(other)}`);
  }
  const texts = document.createTreeWalker(document.getElementById('screen'), NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !shown(parent) || parent.closest('.unseen')) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize) / mm;
    if (size && size < type) small.add(name(parent));   // of no size: an arrow stands there alone
  }
  wrong.push(...[...small].map(one => `too small: ${one}`));
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) wrong.push(`scrolls sideways: ${root.scrollWidth} ${root.clientWidth} ${innerWidth}`);
  for (const one of document.querySelectorAll('.main, .main *'))
    if (shown(one) && getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1 && !one.matches('input, textarea, .unseen'))
      wrong.push(`wider than its place: ${one.className} ${name(one)}`);
  for (const [one, box] of boxes)
    if (box.left < -.5 || box.right > innerWidth + .5) wrong.push(`outside the window: ${name(one)}`);
  const headings = [...document.querySelectorAll('h1')].filter(shown);
  if (headings.length !== 1) wrong.push(`${headings.length} headings of the first level`);
  if (!document.title.includes(headings[0]?.textContent.trim())) wrong.push('the title does not name the screen');
  return wrong;
}"""

ALL_VISIBLE: Final = """() => [...document.querySelectorAll('label.row')].filter(one => {
  const box = one.getBoundingClientRect(), foot = document.querySelector('.moves').getBoundingClientRect();
  return box.bottom > foot.top + .5 || box.top < 0;
}).map(one => one.textContent.trim())"""

REACHED: Final = """async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));   // the arrow of more goes a frame after it scrolled
  const one = document.activeElement, ring = one.closest('.row') ?? one, style = getComputedStyle(ring);
  const box = ring.getBoundingClientRect(), mm = parseFloat(getComputedStyle(document.documentElement).fontSize) / 10;
  const over = document.elementFromPoint(box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 1));
  return {name: (ring.textContent.trim() || one.name).slice(0, 40), isBody: one === document.body, key: one.type === 'radio' ? one.name : '',
    isShown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= mm, isSeen: !!over && (ring.contains(over) || over.contains(ring))};
}"""

FOCUSABLE: Final = """() => { const groups = new Set();
  return [...document.querySelectorAll('.screen button, .screen input:not([type=hidden]), .screen textarea')]
    .filter(one => one.checkVisibility() && one.tabIndex >= 0 && !one.closest('dialog'))
    .filter(one => { if (one.type !== 'radio') return true; const known = groups.has(one.name); groups.add(one.name); return !known; })
    .map(one => ((one.closest('.row') ?? one).textContent.trim() || one.name).slice(0, 40));
}"""


OPEN_KEYS: Final = """async () => {
  const field = [...document.querySelectorAll('[data-typing]')].at(-1);
  await sayso.openBoard(field);
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const box = field.getBoundingClientRect(), over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return over === field ? [] : [`hidden by the keys: ${field.name}`];
}"""


@dataclass(frozen=True, slots=True)
class Case:
    """One screen as one person may see it."""

    screen: str
    language: str
    size: Size
    colours: Colours
    window: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.screen}, {self.language}, {self.size}, {self.colours}, {self.window[0]} × {self.window[1]}"

    def address(self, site: str, **more: str) -> str:
        """Give where the showcase shows it."""
        named = {"screen": self.screen, "language": self.language, "size": self.size, "colours": self.colours, **more}
        return f"{site}/show?{urlencode(named)}"


def pairs() -> Iterator[Case]:
    """Give few cases in which every two values of any two kinds meet."""
    sizes, colours = tuple(Size), tuple(Colours)
    for at, screen in enumerate(SCREENS):
        for turn in range(3):
            yield Case(
                screen,
                LANGUAGES[(turn + at // 3) % 3],
                sizes[(turn + at) % 3],
                colours[turn],
                WINDOWS[(turn + at // 9) % 3],
            )


def everything() -> Iterator[Case]:
    """Give every case."""
    for window in WINDOWS:
        for screen in SCREENS:
            for language in LANGUAGES:
                for size in Size:
                    for colours in Colours:
                        yield Case(screen, language, size, colours, window)


class Looker:
    """Looks at one case after the other on one page, with axe-core read once."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.outside: list[str] = []
        page.on("request", lambda request: self._note(request.url))
        page.route(
            "**/idle.js", lambda route: route.fulfill(body="", content_type="text/javascript")
        )  # nobody is there
        page.goto(f"{site}/show?screen=scale&language=en")
        page.evaluate(AXE.read_text(encoding="utf-8"))  # through the debugger: a page's own policy would forbid it

    def _note(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "blob:")):
            self.outside.append(url)

    def at(self, case: Case) -> list[str]:
        """Give what is wrong with one case."""
        width, height = case.window
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(REPLACE, case.address(self.site, part="1"))
        found: list[str] = self.page.evaluate(RUN_AXE, list(STRICT_RULES))
        return [f"{case}: {one}" for one in (*found, *self.measured())]

    def measured(self) -> list[str]:
        """Give what the checks of our own find on what is shown."""
        found: list[str] = self.page.evaluate(MEASURE, [TARGET_MM, GAP_MM, CAPITAL_MM / CAPITAL])
        return found

    def typing(self) -> list[str]:
        """Open the keys on the glass for the last field; give what is wrong with them, or what they hide."""
        hidden: list[str] = self.page.evaluate(OPEN_KEYS)
        found = hidden + self.measured()
        self.page.evaluate("sayso.closeBoard()")
        return found

    def tabbed(self) -> list[str]:
        """Go through everything with Tab; give what is out of order, shows no focus, or lies under something else."""
        wanted: list[str] = self.page.evaluate(FOCUSABLE)
        self.page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); }")
        self.page.locator("h1").evaluate("one => one.focus()")
        reached, wrong = [], []
        for _ in wanted:
            self.page.keyboard.press("Tab")
            one: dict[str, Any] = self.page.evaluate(REACHED)
            reached.append(one["name"])
            wrong += [] if one["isShown"] else [f"no visible focus: {one['name']}"]
            wrong += [] if one["isSeen"] else [f"focus is covered: {one['name']}"]
        return wrong + ([] if len(reached) == len(wanted) else [f"reached {reached} of {wanted}"])
