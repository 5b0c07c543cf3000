"""A page's drawing → the same with its lines marked for reading out: spaces at their ends, the foot passed over.

This comes before anything is stamped on the page: a stamp has no lines.
"""

from dataclasses import dataclass, field

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Page,
    String,
)

from forms.paper.tagging.tags import Line, Lines
from forms.paper.tagging.unicode_maps import code_of_space

Instruction = ContentStreamInstruction | ContentStreamInlineImage


def mark_lines(page: Page, lines: Lines) -> None:
    """Rewrite the drawing of a page so that a reader of tags finds its words apart, and does not read out its foot.

    Words that go on get the space that the line's end has swallowed (ISO 32000-1:2008, 14.8.2.5: words are told apart
    by spaces, not by their places). Lines without a tag are the foot's, and become artifacts.
    """
    drawing = _Drawing(page, lines)
    for instruction in pikepdf.parse_content_stream(page):
        drawing.add(instruction)
    page.obj.Contents.write(pikepdf.unparse_content_stream(drawing.made))


@dataclass
class _Drawing:
    """The rewritten instructions, and where in them it stands."""

    page: Page
    lines: Lines
    made: list[Instruction] = field(default_factory=list)
    nested: list[Line | None] = field(default_factory=list)
    font: str = ""
    shown: int = -1
    """Where in the instructions the last words are shown."""

    def add(self, instruction: Instruction) -> None:
        """Add an instruction, rewritten where it begins a line; before the end of one that goes on comes a space."""
        operator = str(instruction.operator)
        if operator == "BDC":
            instruction = self._begun(*instruction.operands)
        elif operator == "BMC":
            self.nested.append(None)
        elif operator == "EMC":
            self._end(self.nested.pop())
        elif operator == "Tf":
            self.font = str(instruction.operands[0])
        elif operator == "TJ":
            self.shown = len(self.made)
        self.made.append(instruction)

    def _begun(self, tag: Object, about: Object) -> Instruction:
        line = self.lines.get(int(about.MCID))
        self.nested.append(line)
        if line is None:
            return ContentStreamInstruction([Name.Artifact, _foot()], Operator("BDC"))
        return ContentStreamInstruction([tag, about], Operator("BDC"))

    def _end(self, line: Line | None) -> None:
        """Add a space to the words of a line that goes on."""
        if line is None or line.is_right_to_left or not line.needs_space:
            return
        space = code_of_space(self.page.obj.Resources.Font[self.font])
        if space:
            shown = self.made[self.shown]
            (words,) = shown.operands
            self.made[self.shown] = ContentStreamInstruction([Array([*words, String(space)])], shown.operator)


def _foot() -> Dictionary:
    """Give the properties of a page's foot (ISO 32000-1:2008, table 330)."""
    return Dictionary(Type=Name.Pagination, Subtype=Name.Footer, Attached=Array([Name.Bottom]))
