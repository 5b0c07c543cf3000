"""The templates, drawn from plain screens without a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.screens import Settings
from tests.kiosk.look.made import SCREENS
from tests.kiosk.look.showcase import KIOSK, drawn, showcase

CSS = (KIOSK / "static" / "kiosk" / "kiosk.css").read_text(encoding="utf-8")
SHEET_BYTES_MAX = 20_000
SCRIPT_BYTES_MAX = 19_000
"""As they are written, without htmx and the keyboard; a third of it is comments and white space."""
KEYBOARD = {"board.js", "layouts.js"}


@pytest.fixture(autouse=True, scope="module")
def app() -> Iterator[None]:
    with showcase().test_request_context():
        yield


def of(name: str, language: str = "en") -> str:
    return drawn(Settings(language), name)


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_says_which_it_is_and_sends_its_turn(name: str) -> None:
    html = of(name)
    assert 'name="turn" value="7"' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert "style=" not in html
    assert not re.search(r"<script(?![^>]*src=)", html)


@pytest.mark.parametrize("name", SCREENS)
def test_what_is_shown_can_be_read_aloud(name: str) -> None:
    found = re.search(r"<main[^>]*>(.*?)</main>", of(name), re.DOTALL)
    assert found
    main = found[1]
    bare = re.sub(r"<(\w+)[^>]*data-clip=[^>]*>[^<]*</\1>", "", main)
    bare = re.sub(
        r"<textarea.*?</textarea>|<div class=\"more\".*?</div>|<p class=\"receipt\".*?</p>", "", bare, flags=re.DOTALL
    )
    assert re.sub(r"<[^>]*>|\s", "", bare) == ""


def test_an_answer_is_one_label_around_its_native_control() -> None:
    rows = re.findall(r"<label class=\"row\">(.*?)</label>", of("scale"), re.DOTALL)
    assert len(rows) == 5
    assert all(row.count('<input type="radio"') == 1 for row in rows)
    assert ["checked" in row for row in rows] == [False, True, False, False, False]
    assert of("several").count('<input type="checkbox"') == 5


def test_faces_stand_only_beside_words() -> None:
    rows = re.findall(r"<label class=\"row\">(.*?)</label>", of("faces"), re.DOTALL)
    assert all('class="face"' in row and "data-clip" in row for row in rows)
    assert 'class="face"' not in of("scale")


def test_enter_in_a_line_goes_on_and_not_back() -> None:
    first = re.search(r'<button[^>]*name="act" value="(\w+)"', of("number"))
    assert first
    assert first[1] == "next"


def test_without_scripts_a_screen_that_is_left_asks_after_90_seconds_and_later_where_one_types() -> None:
    assert 'content="90;url=' in of("scale")
    assert 'content="600;url=' in of("comment")
    assert "http-equiv" not in of("start")


def test_arabic_runs_from_right_to_left() -> None:
    assert '<html lang="ar" dir="rtl">' in of("scale", "ar")
    assert 'lang="pl" dir="auto"' in of("language", "ar")


def test_the_part_that_is_swapped_has_the_title_and_the_page_has_it_once() -> None:
    part = drawn(Settings("en"), "scale", template="kiosk/_screen.html")
    assert part.lstrip().startswith("<title>")
    assert of("scale").count("<title>") == 1


def themes() -> dict[str, dict[str, str]]:
    blocks = {
        "light": r"\.screen \{\n  --ink(.*?)\n\}",
        "dark": r'="dark"\] \{(.*?)\n\}',
        "yellow": r'="yellow"\] \{(.*?)\n\}',
    }
    found = {name: re.search(pattern, CSS, re.DOTALL) for name, pattern in blocks.items()}
    named = {
        name: dict(re.findall(r"--([\w-]+): (#\w+)", "--ink" + match[1])) for name, match in found.items() if match
    }
    return {name: {**named["light"], **colours} for name, colours in named.items()}


def light(colour: str) -> float:
    """Give the relative luminance (WCAG 2.2)."""
    full = "".join(2 * one for one in colour[1:]) if len(colour) == 4 else colour[1:]
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "yellow"])
def test_edges_and_focus_are_seen_and_text_is_read(theme: str) -> None:
    colours = themes()[theme]
    for edge, ground in (
        ("line", "paper"),
        ("line", "card"),
        ("mark", "soft"),
        ("mark", "paper"),
        ("focus", "paper"),
        ("focus", "foot"),
    ):
        assert contrast(colours[edge], colours[ground]) >= 3, (edge, ground)
    texts = (
        ("ink", "paper"),
        ("ink", "card"),
        ("ink", "soft"),
        ("ink", "foot"),
        ("quiet", "paper"),
        ("quiet", "card"),
        ("on-mark", "mark"),
        ("on-band", "band"),
        ("wrong", "wrong-soft"),
        ("wrong", "paper"),
        ("mark", "paper"),
    )
    for text, ground in texts:
        assert contrast(colours[text], colours[ground]) >= 7, (text, ground)


def test_the_sheet_and_the_scripts_stay_small() -> None:
    folder = KIOSK / "static" / "kiosk"
    scripts: list[Path] = [one for one in folder.glob("*.js") if one.name not in KEYBOARD]
    assert len(CSS.encode()) <= SHEET_BYTES_MAX
    assert sum(one.stat().st_size for one in scripts) <= SCRIPT_BYTES_MAX


def test_what_is_wrong_with_a_date_stands_once_above_it_and_each_part_names_it() -> None:
    html = of("date")
    assert html.count('class="problem"') == 1
    assert html.count('aria-describedby="problem"') == 1
    assert html.index('class="problem"') < html.index("<h1")


def test_speed_and_volume_have_names_that_are_seen_and_heard() -> None:
    html = of("speech")
    for setting, name in (("speed", "Speed"), ("volume", "Volume")):
        assert re.search(rf'<p id="{setting}" class="legend" data-clip="\w+">{name}</p>', html)
        assert f'aria-labelledby="{setting}"' in html
