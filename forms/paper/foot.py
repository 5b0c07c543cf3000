"""The foot of a page: where to post it, how to get help, which page of how many, which form and version."""

from dataclasses import dataclass

from forms.paper import fonts
from forms.paper.editions import MARK_MM
from forms.paper.setting import Setting

LINE_HEIGHT = 1.25
APART_MM = 6.0
"""White between the words at the left and at the right."""

ABOVE_MM = 2.0
"""White above a foot."""

CODE_CLEAR_MM = 3.0
"""White between the machine code and the words beside it."""


@dataclass(frozen=True, slots=True)
class Foot:
    """The lines at the left (beside the machine code) and at the right; none at the right where they don't fit."""

    left: tuple[str, ...]
    right: tuple[str, ...]


def foot(setting: Setting, page: int | None, pages: int) -> Foot:
    """Give the foot of a page; a torn-off page has no number."""
    landlord, form = setting.landlord, setting.form
    help_key = "help_short" if setting.is_slip else "help_line"
    left = (landlord.return_address, setting.say(help_key, phone=landlord.phone.replace(" ", "\u00a0")))
    count = setting.say("page_of", page=page, pages=pages) if page is not None else ""
    right = tuple(filter(None, (count, f"{form.form} v{form.version}")))
    left_mm, right_mm = (max(_width_mm(setting, line) for line in lines) for lines in (left, right))
    if left_mm + APART_MM + right_mm <= room_mm(setting):
        return Foot(left, right)
    lines = (*left, " · ".join(right))
    return Foot(tuple(part for line in lines for part in _wrapped(setting, line)), ())


def foot_mm(setting: Setting, pages: int) -> float:
    """Give the height that a foot takes with the white above it, never less than the machine code's."""
    lines = max(len(foot(setting, page, pages).left) for page in (pages, None))
    words_mm = lines * setting.edition.foot_pt * LINE_HEIGHT * fonts.MM_PER_PT
    return max(words_mm, setting.size.code_mm) + setting.size.mark_inset_mm + ABOVE_MM


def indent_mm(setting: Setting) -> float:
    """Give how far right of the margin the foot's words begin: beside the machine code."""
    size = setting.size
    return size.mark_inset_mm + MARK_MM + size.code_gap_mm + size.code_mm + CODE_CLEAR_MM - size.side_mm


def room_mm(setting: Setting) -> float:
    """Give the width for the foot's words: from the machine code to the right margin, clear of the corner mark."""
    size = setting.size
    return size.text_width_mm - indent_mm(setting) - clear_mm(setting)


def clear_mm(setting: Setting) -> float:
    """Give how far left of the right margin the foot's words end: clear of the corner mark."""
    size = setting.size
    return max(0.0, size.mark_inset_mm + MARK_MM + CODE_CLEAR_MM - size.side_mm)


def _width_mm(setting: Setting, words: str) -> float:
    return fonts.width_mm(words, setting.edition.foot_pt, fonts.SEMIBOLD)


def _wrapped(setting: Setting, line: str) -> list[str]:
    """Break a line between words where it is longer than there is room."""
    lines = [""]
    for word in line.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if _width_mm(setting, longer) <= room_mm(setting):
            lines[-1] = longer
        else:
            lines.append(word)
    return [one for one in lines if one]
