"""Debian's Chromium, the site held for it on a free port, and axe-core to look for what shuts people out."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server
from waitress.wasyncore import close_all

AXE = Path(__file__).parents[1] / "axe" / "axe.min.js"

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

OFFICER_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@contextmanager
def held(app: Flask) -> Iterator[str]:
    """Hold an application on a free port; give its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=8, ident="sayso")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: close_all(server._map))  # with the connections that a browser keeps open
        thread.join(timeout=5)
        server.task_dispatcher.shutdown()


_started: list[Browser] = []
"""The browser of this process: Playwright allows one at a time in a thread."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium, or give the one that this process has started already."""
    if _started:
        yield _started[0]
        return
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        raise RuntimeError("Chromium is not installed. Install it with: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        _started.append(playwright.chromium.launch(executable_path=path, args=list(FLAGS)))
        try:
            yield _started[0]
        finally:
            _started.pop().close()


def findings(page: Page, rules: Sequence[str] = OFFICER_RULES) -> list[str]:
    """Give what axe-core finds wrong with a page: the rule, and the first place where it is broken."""
    if not page.evaluate("'axe' in window"):  # through the debugger: the page's own policy forbids it
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.add_init_script(path=AXE)  # the pages to come have it without its being sent again
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", list(rules)
    )
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"][:2]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether a page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary"

COUNT_FOCUSABLE = """([from, selector]) => {
  const shown = [...document.querySelector(from).querySelectorAll(selector)]
    .filter(one => !one.disabled && one.checkVisibility());
  const groups = new Set();
  return shown.filter(one => {            // the arrows move within a group of radio buttons, Tab goes to one of them
    if (one.type !== 'radio') return true;
    const known = groups.has(one.name); groups.add(one.name); return !known;
  }).length;
}"""

WATCH_FOCUS = """() => {
  window.reached = []; const seen = new Set(); let last = null;
  document.addEventListener('focusin', ({target: one}) => {
    if (one === last || one.controls) return;  // a player has buttons of its own, which the browser draws
    last = one;
    const style = getComputedStyle(one);
    const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    window.reached.push([seen.has(one), shown, one.outerHTML.slice(0, 120)]);
    seen.add(one);
  });
}"""

FROM_THE_TOP = """from => {
  const first = document.createElement('a');  // whatever had the focus: Tab begins anew before everything
  first.tabIndex = -1; document.querySelector(from).prepend(first); first.focus(); first.remove();
}"""

PLAYER_STOPS = 8
"""More than a player of sounds has."""

TABS_MAX = 25
"""What follows in a long list is of the same kind as its first rows."""

FOCUS_EACH = """([from, selector]) => {
  const shown = [...document.querySelector(from).querySelectorAll(selector)]
    .filter(one => !one.disabled && one.checkVisibility());
  return shown.filter(one => {
    one.focus({preventScroll: true});
    const style = getComputedStyle(one);
    const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return one.tabIndex !== 0 || document.activeElement !== one || !isSeen;
  }).map(one => one.outerHTML.slice(0, 120));
}"""


def without_visible_focus(page: Page) -> list[str]:
    """Go through a page with Tab; give what takes the focus without showing it, and how many were not reached."""
    start = "body"
    count = min(int(page.evaluate(COUNT_FOCUSABLE, [start, FOCUSABLE])), TABS_MAX)
    page.evaluate(FROM_THE_TOP, start)
    page.evaluate(WATCH_FOCUS)
    for _ in range(count + PLAYER_STOPS * page.locator("audio[controls]").count()):
        page.keyboard.down("Tab")  # held down, for the browser takes a frame for each key that is let go, too
    page.keyboard.up("Tab")
    reached: list[tuple[bool, bool, str]] = page.evaluate("window.reached")
    first = reached[: next((at for at, (again, _, _) in enumerate(reached) if again), count)][:count]
    lacking = [f"{count - len(first)} of {count} were not reached"] if len(first) < count else []
    return [html for _, is_shown, html in first if not is_shown] + lacking


def focus_unseen(page: Page, part: str = "main") -> list[str]:
    """Give all in a part of a page that Tab leaves out, or that does not show that it has the focus.

    Only the first is gone to with Tab, after which the focus shows as it does for the keyboard: the browser draws the
    page anew for each key, so that ten of them take longer than all else that is looked for.
    """
    page.evaluate(FROM_THE_TOP, part)
    page.keyboard.press("Tab")
    lacking: list[str] = page.evaluate(FOCUS_EACH, [part, FOCUSABLE])
    return lacking
