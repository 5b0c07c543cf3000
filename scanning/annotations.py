"""What people add to a PDF beside its fields: pen strokes, notes, stamps."""

from typing import Final

import pikepdf

from forms.layout.tree import dictionaries

HARMLESS: Final = frozenset({"/Widget", "/Link", "/Popup", "/PrinterMark", "/TrapNet"})
"""Annotations with which nobody writes; every other kind is a pen, a note, a stamp or a highlighter."""


def is_drawn_on(pdf: pikepdf.Pdf) -> bool:
    """Tell whether somebody wrote on a PDF in another way than into its fields."""
    kinds = {
        str(annotation.get("/Subtype", "/Widget"))
        for page in pdf.pages
        for annotation in dictionaries(page.obj.get("/Annots"))
    }
    return bool(kinds - HARMLESS)
