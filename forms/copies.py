"""A printing → one print-ready file of numbered copies, each page stamped with its copy's codes.

The printing is laid out once. Every copy's pages share its drawing and add a few hundred bytes of their own: the two
machine codes, and the copy code in large characters. Answers cannot be typed into the run; it carries the fillable
printing as an attachment, so that the scanner can take either file as its template.
"""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from forms.codes.machine import MachineCode
from forms.layout.model import Box
from forms.layout.opening import TEMPLATE_ATTACHMENT
from forms.paper import fonts, marks
from forms.paper.editions import MARK_MM, PT_PER_MM, Edition, Size
from forms.paper.printing import Printing
from forms.paper.simple_font import simple_font

SPACING_EM = 0.1
"""White between the copy code's characters, so that each is read for itself."""

CAP_HEIGHT_EM = 0.668
"""The height of a capital of the font, to centre the code on the corner marks."""

INK = "0.078 0.149 0.169 rg"


def print_run(
    printing: Printing, copies: Sequence[str], out: Path | BinaryIO, *, each: Callable[[], None] = lambda: None
) -> None:
    """Write the run of these copy codes to `out`, in their order; `each` is called after each copy.

    Each copy begins on the front of a sheet: an odd number of pages is filled up with a blank one.
    """
    with Pdf.open(BytesIO(printing.uncoded)) as pdf:
        run = _Run(pdf, printing)
        nodes = []
        for copy in copies:
            nodes.append(run.copy(copy))
            each()
        run.finish(nodes)
        _attach_template(pdf, printing.pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def copy_code_place_mm(code: str, size: Size, edition: Edition) -> Box:
    """Give where a copy code stands: at the top of the sheet, midway between corner mark and machine code."""
    type_pt = edition.code_pt
    right_mm = marks.code_places_mm(size)[0][0]
    left_mm = size.mark_inset_mm + MARK_MM
    width_mm = fonts.width_mm(code, type_pt, fonts.BOLD) + SPACING_EM * type_pt * (len(code) - 1) * fonts.MM_PER_PT
    high_mm = CAP_HEIGHT_EM * type_pt * fonts.MM_PER_PT
    middle_mm = size.mark_inset_mm + MARK_MM / 2
    return Box((left_mm + right_mm - width_mm) / 2, middle_mm - high_mm / 2, width_mm, high_mm)


class _Run:
    """The drawing that all copies share, and the page tree of the copies."""

    def __init__(self, pdf: Pdf, printing: Printing) -> None:
        self.pdf, self.printing = pdf, printing
        self.shared = [self._shared(page) for page in pdf.pages]
        font = simple_font(pdf, fonts.BOLD)
        self.resources = [self._resources(page, font) for page in pdf.pages]
        self.root = pdf.make_indirect(Dictionary(Type=Name.Pages))
        self.torn_off = {number: list(self._drawing(number, "")) for number in printing.torn_off_pages}

    def _shared(self, page: pikepdf.Page) -> Object:
        page.contents_coalesce()
        if "/Annots" in page.obj:
            del page.obj.Annots
        contents: Object = page.obj.Contents
        return contents

    def _resources(self, page: pikepdf.Page, font: Object) -> Object:
        """Give what a page draws with, the font of the copy code among it: our own pages share one, others' do not."""
        resources = page.obj.Resources
        if not resources.is_indirect:
            resources = self.pdf.make_indirect(resources)
        if "/Font" not in resources:
            resources.Font = Dictionary()
        resources.Font[Name.Copy] = font
        return resources

    def copy(self, code: str) -> Object:
        """Give the pages of one copy."""
        node = self.pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=self.root))
        pages = [self._page(node, number, contents) for number, contents in enumerate(self._contents(code))]
        node.Kids, node.Count = Array(pages), len(pages)
        return node

    def _contents(self, code: str) -> Iterator[list[Object]]:
        for number in range(1, self.printing.pages + 1):
            yield self.torn_off[number] if number in self.torn_off else list(self._drawing(number, code))
        if self.printing.pages % 2:
            yield []

    def _drawing(self, number: int, code: str) -> Iterator[Object]:
        """Give the shared drawing of a page and its own stamp; nothing for the blank back of a sheet."""
        if number in self.printing.blank_pages:
            return
        yield self.shared[number - 1]
        words = MachineCode(self.printing.name, number, code or None).words()
        stamp = marks.code_operators(words, self.printing.size) + self._copy_code(code)
        yield self.pdf.make_indirect(Stream(self.pdf, stamp))

    def _copy_code(self, code: str) -> bytes:
        """Give the operators that write the copy code at its place."""
        if not code:
            return b""
        size, type_pt = self.printing.size, self.printing.edition.code_pt
        place = copy_code_place_mm(code, size, self.printing.edition)
        x_pt, y_pt = place.x * PT_PER_MM, (size.height_mm - place.bottom) * PT_PER_MM
        spacing_pt = SPACING_EM * type_pt
        return f"BT {INK} /Copy {type_pt} Tf {spacing_pt:.2f} Tc {x_pt:.2f} {y_pt:.2f} Td ({code}) Tj ET\n".encode()

    def _page(self, node: Object, at: int, contents: list[Object]) -> Object:
        page = Dictionary(Type=Name.Page, Parent=node, Contents=Array(contents))
        own = self.resources[min(at, len(self.resources) - 1)]
        if own.objgen != self.resources[0].objgen:
            page.Resources = own
        return self.pdf.make_indirect(page)

    def finish(self, nodes: list[Object]) -> None:
        """Put the copies' pages in place of the printing's, and take out what only a fillable PDF has."""
        size = self.printing.size
        self.root.Kids, self.root.Count = Array(nodes), sum(int(node.Count) for node in nodes)
        self.root.MediaBox = Array([0, 0, round(size.width_mm * PT_PER_MM, 3), round(size.height_mm * PT_PER_MM, 3)])
        self.root.Resources = self.resources[0]
        catalog = self.pdf.Root
        for key in set(catalog.keys()) - {"/Type", "/Lang"}:
            del catalog[key]
        catalog.Pages = self.root


def _attach_template(pdf: Pdf, template: bytes) -> None:
    pdf.attachments[TEMPLATE_ATTACHMENT] = pikepdf.AttachedFileSpec(
        pdf,
        template,
        filename=TEMPLATE_ATTACHMENT,
        mime_type="application/pdf",
        description="The form itself, for Sayso to read the copies by",
        creation_date="",
        mod_date="",
    )
