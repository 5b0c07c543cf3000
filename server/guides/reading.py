"""Markdown → a guide as HTML, with the headings that its contents list."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from server.errors import NotFoundError

if TYPE_CHECKING:
    from markdown_it.token import Token

FOLDER: Final = Path(__file__).parent
PICTURES: Final = FOLDER / "pictures"
ORDER: Final = (
    "officer", "host", "form-writer", "others-forms", "figures", "administrator", "reading", "command-line", "privacy",
)  # fmt: skip
"""The guides, those for most people first."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a guide, and the anchor that leads to it."""

    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: its name in addresses, its title, its first sentence, its headings, and all of it as HTML."""

    name: str
    title: str
    summary: str
    headings: tuple[Heading, ...]
    html: str


def guides() -> list[Guide]:
    """Give all guides, in their order."""
    return [guide(name) for name in ORDER]


@cache
def guide(name: str) -> Guide:
    """Give a guide; `NotFoundError` where there is none of this name."""
    if name not in ORDER:
        raise NotFoundError("There is no guide of this name.")
    from markdown_it import MarkdownIt  # noqa: PLC0415 (loaded when somebody reads a guide)

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    title, summary = [_plain(token) for token in tokens if token.type == "inline"][:2]
    headings = tuple(_anchored(tokens))
    html: str = reader.renderer.render(tokens[3:], reader.options, {})
    return Guide(name, title, summary, headings, html)


def _plain(token: "Token") -> str:
    """Give the words of a line without its signs."""
    return "".join(part.content for part in token.children or ())


def _anchored(tokens: "list[Token]") -> list[Heading]:
    """Give each heading of the second level an anchor, and list them."""
    made = []
    for token, inside in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            anchor = "-".join("".join(one if one.isalnum() else " " for one in inside.content.lower()).split())
            token.attrSet("id", anchor)
            made.append(Heading(inside.content, anchor))
    return made
