"""What a PDF says to those who hear it: its tags, the words of its lines, and what its glyphs stand for."""

from pikepdf import Pdf

from forms.languages import is_right_to_left
from forms.paper.tagging.marked_lines import mark_lines
from forms.paper.tagging.spoken_lines import SpokenLines
from forms.paper.tagging.tags import mend_tags
from forms.paper.tagging.unicode_maps import mend_unicode_map


def mend_reading(pdf: Pdf, spoken: SpokenLines, language: str) -> None:
    """Make a form's PDF with mended fields say what it shows, in order; nothing is stamped on its pages yet."""
    lines = mend_tags(pdf, spoken, right_to_left=is_right_to_left(language))
    mended = set()
    for page, of_page in zip(pdf.pages, lines, strict=True):
        for font in page.obj.Resources.get("/Font", {}).values():
            if font.objgen not in mended:
                mended.add(font.objgen)
                mend_unicode_map(font)
        mark_lines(page, of_page)
