"""WeasyPrint's tags → the tags of PDF/UA-1, and what each line on a page says.

Where WeasyPrint 70 falls short of ISO 14289-1:2014 (checkpoints of the Matterhorn Protocol 1.1 in brackets): every box
of the layout has a tag, answers are no lists, labels stand in no paragraph, a question's number stands before its
heading instead of in it, questions without a section skip a level (14-003), words in another language are not told
(11-001), and the words of the foot are neither in the tags nor artifacts (01-005).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from forms.paper.tagging.parts import Field, lines_of, strips_of
from forms.paper.tagging.plan import Tag, tag_plan

FOREIGN = "en"
"""The language of a line in Latin letters alone on a form in another script: a landlord's name or address."""

HYPHEN = "-"
"""What a line may end with and still go on within its word."""

ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
"""Marks of direction (U+2066 to U+2069): for laying out, not for saying."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line on a page says, and whether more words of the same tag follow it."""

    words: str
    goes_on: bool

    @property
    def is_right_to_left(self) -> bool:
        """Tell whether it has letters that run from right to left: its glyphs are shapes in the order of drawing."""
        return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in self.words)

    @property
    def needs_space(self) -> bool:
        """Tell whether a space stood after it that the line's end has swallowed."""
        return self.goes_on and not self.words.endswith((" ", HYPHEN))

    @property
    def is_latin(self) -> bool:
        """Tell whether its letters are all Latin."""
        letters = [letter for letter in self.words if letter.isalpha()]
        return bool(letters) and all("LATIN" in unicodedata.name(letter, "") for letter in letters)


Lines = dict[int, Line]
"""The lines of a page by their number (MCID)."""


def mend_tags(pdf: Pdf, spoken: Sequence[Sequence[str]], *, right_to_left: bool) -> list[Lines]:
    """Rebuild the tags of a form's PDF, and give the lines of each page; the fields must have been mended.

    `spoken` has the words of every page's lines in reading order; `ValueError` when they are not as many as tagged.
    """
    root = pdf.Root.StructTreeRoot
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    strips = [(numbers[page.objgen], parts) for page, parts in strips_of(root.K[0])]
    plan = tag_plan(strips)
    going_on = {place for tag in plan for place in _going_on(tag)}
    lines: list[Lines] = []
    for number, said in enumerate(spoken):
        mcids = [mcid for page, parts in strips if page == number for part in parts for mcid in lines_of(part)]
        pairs = zip(mcids, said, strict=True)
        lines.append({mcid: Line(words, (number, mcid) in going_on) for mcid, words in pairs})
    _Writer(pdf, root, lines, right_to_left=right_to_left).write(plan)
    return lines


def _going_on(tag: Tag) -> Iterator[tuple[int, int]]:
    """Give page and number of each line that is not the last of its tag."""
    mcids = [kid for kid in tag.kids if isinstance(kid, int)]
    yield from ((tag.page, mcid) for mcid in mcids[:-1])
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _going_on(kid)


class _Writer:
    """Writes tags, and for each line and widget which tag it belongs to."""

    def __init__(self, pdf: Pdf, root: Object, lines: Sequence[Lines], *, right_to_left: bool) -> None:
        self.pdf, self.root, self.lines, self.right_to_left = pdf, root, lines, right_to_left
        self.pages = [page.obj for page in pdf.pages]
        self.parents: list[dict[int, Object]] = [{} for _ in lines]

    def write(self, plan: Sequence[Tag]) -> None:
        """Put the tags of a plan in place of those that the document has."""
        document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root))
        document.K = Array([self._tag(tag, document) for tag in plan])
        self.root.K = Array([document])
        numbers = self.root.ParentTree.Nums
        for at in range(0, len(numbers), 2):
            if int(numbers[at]) < len(self.pages):
                numbers[at + 1] = self._of_page(self.parents[int(numbers[at])])
        self.root.ParentTreeNextKey = len(numbers) // 2

    def _of_page(self, parents: dict[int, Object]) -> Array:
        """Give the tag of each line of a page; none for the words of its foot."""
        return Array([parents.get(mcid) for mcid in range(max(parents, default=-1) + 1)])

    def _tag(self, tag: Tag, parent: Object) -> Object:
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(tag.role), P=parent, Pg=self.pages[tag.page])
        )
        made.K = Array([self._kid(kid, tag.page, made) for kid in tag.kids])
        return made

    def _kid(self, kid: Tag | Field | int, page: int, parent: Object) -> Object | int:
        if isinstance(kid, Tag):
            return self._tag(kid, parent)
        if isinstance(kid, Field):
            kid.tag.P = parent
            return kid.tag
        line = self.lines[page][kid]
        if not self.right_to_left or not (line.is_latin or line.is_right_to_left):
            self.parents[page][kid] = parent
            return kid
        span = self._tag(Tag("/Span", page, []), parent)
        span.K = Array([kid])
        if line.is_latin:
            span.Lang = String(FOREIGN)
        else:
            span.ActualText = String(line.words.translate(ISOLATES) + (" " if line.needs_space else ""))
        self.parents[page][kid] = span
        return span
