"""Any fillable PDF → its layout: the only source of geometry for scanning.

Every measure is in mm from the top left corner of the visible page: the crop box within the media box, turned as a
viewer turns it. x runs to the right and y runs down. This holds everywhere in Sayso and is said here once.

`layout_of` and `values_of` read a stranger's file in a limited child process. For a PDF of our own making
`forms.layout.reading` and `forms.layout.values` do the same within this process; they are not imported here, because
they bring the PDF libraries with them.
"""

from forms.layout.errors import LayoutError
from forms.layout.guarded import layout_of, values_of
from forms.layout.model import Box, Field, Kind, Layout, Page, Question

__all__ = ["Box", "Field", "Kind", "Layout", "LayoutError", "Page", "Question", "layout_of", "values_of"]
