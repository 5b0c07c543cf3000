"""What each strip says → the tags of a document: headings without gaps, lists of answers, paragraphs.

Pure. The rules are those of ISO 14289-1:2014, 7.4 (headings begin at H1 and skip no level) and 7.6 (lists), and of
ISO 32000-1:2008, 14.8.4 (which tag may stand in which).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms.paper.tagging.parts import Aside, Field, Part, Words

HEADINGS = ("/H1", "/H2", "/H3")

Row = list[Words | Field]


@dataclass(slots=True)
class Tag:
    """A tag with what stands in it: tags, fields, and lines of words by their number on the page (MCID)."""

    role: str
    page: int
    kids: list["Tag | Field | int"]


def tag_plan(strips: Iterable[tuple[int, list[Part]]]) -> list[Tag]:
    """Give the tags of a form from the page and parts of each of its strips.

    A question is a heading beneath its section's or, where no section has had one, beneath the form's.
    """
    made: list[Tag] = []
    open_question = ""
    has_section = False
    for page, parts in strips:
        for told in _told(parts):
            tag, question = _tag(told, page, question_role="/H3" if has_section else "/H2")
            if question and question == open_question:
                made[-1].kids.append(tag)
            else:
                made.append(Tag("/L", page, [tag]) if question else tag)
            open_question = question
            has_section |= isinstance(told, Words) and told.role == "/H2"
    return made


def _tag(told: Words | Aside | Row, page: int, question_role: str) -> tuple[Tag, str]:
    """Give the tag of one piece, with its question if it is one answer of several."""
    if isinstance(told, Words):
        role = question_role if told.role == "/H3" else told.role
        return Tag(role, page, list(told.mcids)), ""
    if isinstance(told, Aside):
        return Tag("/Sect", page, [_tag(inner, page, question_role)[0] for inner in _told(told.parts)]), ""
    kids: list[Tag | Field | int] = []
    for part in told:
        kids += [part] if isinstance(part, Field) else part.mcids
    choice = next((part.question for part in told if isinstance(part, Field) and part.is_choice), "")
    return (Tag("/LI", page, [Tag("/LBody", page, kids)]) if choice else Tag("/P", page, kids)), choice


def _told(parts: Iterable[Part]) -> Iterator[Words | Aside | Row]:
    """Give words with a role, with a loose number before a heading put into it, and rows of loose words and fields.

    Each box to tick has a row of its own; text fields that stand side by side share one.
    """
    row: Row = []
    for part in parts:
        if isinstance(part, Words) and part.role in HEADINGS and row and _is_words(row):
            yield Words((*(mcid for words in row for mcid in words.mcids), *part.mcids), part.role)  # type: ignore[union-attr]
            row = []
        elif isinstance(part, Aside) or (isinstance(part, Words) and part.role):
            if row:
                yield row
            yield part
            row = []
        elif isinstance(part, Field) and part.is_box and not _is_words(row):
            yield row
            row = [part]
        else:
            row.append(part)
    if row:
        yield row


def _is_words(row: Row) -> bool:
    return all(isinstance(part, Words) for part in row)
