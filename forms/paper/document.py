"""Blocks → pages of HTML, twice: once on an endless sheet to be measured, once as they will be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from weasyprint import HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from forms.codes.machine import PAGES_MAX
from forms.paper import fonts
from forms.paper.editions import CELL_PAD_MM, TICK_LINE_PT, folds
from forms.paper.foot import ABOVE_MM, LINE_HEIGHT, Foot, clear_mm, foot, foot_mm, indent_mm
from forms.paper.macros import templates
from forms.paper.pagination import Group, Placed, paginate
from forms.paper.setting import Setting
from forms.paper.spreading import Frame, Piece
from forms.paper.strips import Block, Strip

ENDLESS_MM = 1_000_000
"""The height of the sheet on which everything is measured."""

MM_PER_PX = 25.4 / 96

LINE_MM = TICK_LINE_PT * fonts.MM_PER_PT
"""The printed line around a box; a box is found by its line's outer or inner edge, so both sides are allowed for."""

BODY_LINE_HEIGHT = 1.32
"""The distance of lines as a part of the type's size, as in sheet.css."""

TITLE_SHRINK = {"a4": 1.0, "a5": 0.8, "a6": 0.7}
"""A title's type on smaller sheets, as a part of its type on A4; never below the body's."""


TITLE_FIT_MIN = 0.8
"""The least part of its type that a title is shrunk to for one line; a longer one has two lines."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page: its strips' HTML with the white above each, and the words of its foot."""

    strips: tuple[dict[str, Any], ...]
    foot_left: str = ""
    foot_right: str = ""
    torn_off: bool = False

    @property
    def blank(self) -> bool:
        """Tell whether this is the blank back of a sheet."""
        return not self.strips

    @property
    def foot(self) -> bool:
        """Tell whether the page has a foot."""
        return bool(self.foot_left)


def frame_of(setting: Setting, pages: int = PAGES_MAX) -> Frame:
    """Give where on a sheet text may stand, above a foot that counts to `pages`."""
    size = setting.size
    return Frame(size.top_mm, size.height_mm - foot_mm(setting, pages), folds(setting.edition, size))


def measured(setting: Setting, blocks: Sequence[Block]) -> list[Group]:
    """Give the blocks with the height of every strip and the place of every box in it, in mm."""
    strips = [strip for block in blocks for strip in block.strips]
    flow = tuple({"html": strip.html, "gap_mm": 0, "id": f"s{number}"} for number, strip in enumerate(strips))
    end = {"html": "", "gap_mm": 0, "id": f"s{len(strips)}"}
    document = rendered(setting, [PagePlan((*flow, end))], ENDLESS_MM)
    anchors = {name: place[1] * MM_PER_PX for name, place in document.pages[0].anchors.items()}
    tops = [anchors[f"s{number}"] for number in range(len(strips) + 1)]
    pieces = []
    for number, strip in enumerate(strips):
        boxes = tuple((anchors[box.id] - tops[number], box.height_mm) for box in strip.boxes)
        spans = tuple((top_mm - LINE_MM, top_mm + height_mm + 2 * LINE_MM) for top_mm, height_mm in boxes)
        variants = tuple((variant.added_mm, variant.cost) for variant in strip.variants)
        pieces.append(Piece(tops[number + 1] - tops[number], strip.gap_mm, spans, strip.give, variants))
    rest = iter(pieces)
    return [
        Group(tuple(next(rest) for _ in block.strips), block.with_next, block.starts_sheet, block.break_cost)
        for block in blocks
    ]


def planned(setting: Setting, blocks: Sequence[Block]) -> list[PagePlan]:
    """Give the pages, with their feet; a sheet's blank back has neither strips nor foot."""
    pages = paginate(measured(setting, blocks), frame_of(setting))
    torn_off = _torn_off_from(blocks, pages)
    if len(pages) % 2 and torn_off < len(pages):
        pages.append([])
    total = sum(1 for page in pages[:torn_off] if page)
    made = []
    for number, page in enumerate(pages):
        strips = tuple(_placed(blocks[at.group].strips[at.piece], at) for at in page)
        lines = foot(setting, None if number >= torn_off else number + 1, total) if page else Foot((), ())
        made.append(PagePlan(strips, _css(lines.left), _css(lines.right), number >= torn_off))
    return made


def _torn_off_from(blocks: Sequence[Block], pages: Sequence[Sequence[Placed]]) -> int:
    """Give the index of the first page that is torn off, or the number of pages."""
    for number, page in enumerate(pages):
        if page and blocks[page[0].group].starts_sheet:
            return number
    return len(pages)


def _placed(strip: Strip, at: Placed) -> dict[str, Any]:
    html = strip.html if at.variant is None else strip.variants[at.variant].html
    return {"html": html, "gap_mm": round(at.gap_mm, 4), "id": ""}


def _css(lines: Sequence[str]) -> str:
    """Give lines as the inside of a CSS string, in which only letters, digits and spaces stand for themselves."""
    return r"\a ".join(
        "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in line) for line in lines
    )


def rendered(setting: Setting, pages: Sequence[PagePlan], page_height_mm: float | None = None) -> Document:
    """Lay out pages; the one argument more is the height of an endless sheet."""
    size, edition = setting.size, setting.edition
    html = (
        templates()
        .get_template("sheet.html")
        .render(
            language=setting.language,
            direction=setting.direction,
            title=setting.words(setting.form.title),
            edition=edition,
            hang_mm=round(setting.hang_mm, 2),
            column_mm=round(setting.column_mm, 2),
            prose_mm=round(setting.prose_mm, 2),
            point_inset_mm=round((setting.point_mm - setting.tick_mm) / 2, 3),
            comb_pad_mm=CELL_PAD_MM,
            label_pad_mm=round((edition.row_mm - edition.body_pt * BODY_LINE_HEIGHT * fonts.MM_PER_PT) / 2, 2),
            size=size,
            title_pt=_title_pt(setting),
            page_height_mm=page_height_mm or size.height_mm,
            bottom_mm=foot_mm(setting, PAGES_MAX) - ABOVE_MM,  # so that a full page is never broken once more
            foot_indent_mm=round(indent_mm(setting), 2),
            foot_clear_mm=round(clear_mm(setting), 2),
            foot_pad_mm=size.mark_inset_mm,
            foot_line_height=LINE_HEIGHT,
            pages=pages,
            fonts=_font_urls(),
            drawings=_drawings(setting.direction),
        )
    )
    return HTML(string=html, url_fetcher=_fetcher()).render(font_config=_font_config(), pdf_forms=True)


def _title_pt(setting: Setting) -> float:
    """Give the title's type; a title that is just too long for its line is set a little smaller."""
    usual_pt = max(setting.edition.title_pt * TITLE_SHRINK[setting.size.name], setting.edition.body_pt + 2)
    title = setting.words(setting.form.title)
    fit = setting.size.text_width_mm / fonts.width_mm(title, usual_pt, fonts.BOLD)
    return round(usual_pt * fit * 0.99, 2) if TITLE_FIT_MIN <= fit < 1 else usual_pt


@cache
def _fetcher() -> URLFetcher:
    """Give what fetches our own fonts and drawings: files of this machine, and nothing from any network."""
    return URLFetcher(allowed_protocols=("file", "data"))


@cache
def _font_config() -> FontConfiguration:
    return FontConfiguration()


@cache
def _font_urls() -> dict[str, dict[int, str]]:
    def urls(files: dict[int, str]) -> dict[int, str]:
        return {weight: fonts.path_of(file).as_uri() for weight, file in files.items()}

    return {"latin": urls(fonts.LATIN), "arabic": urls(fonts.ARABIC)}


@cache
def _drawings(direction: str) -> dict[str, str]:
    """Give the small pictures (marks drawn by hand, the arrow to go on) as data addresses."""
    folder = Path(__file__).parent / "drawings"
    names = {"tick": "tick", "cross": "cross", "fill": "fill", "arrow": f"arrow-{direction}"}
    return {
        name: "data:image/svg+xml," + quote((folder / f"{file}.svg").read_text(encoding="utf-8"))
        for name, file in names.items()
    }
