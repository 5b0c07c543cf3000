"""Pages of other people's fillable PDFs, which bear no marks or codes of ours, read by the steps that read ours.

`templates` draws a PDF as its readers saw it; `finding` tells by print which page an image shows: `glance` and
`points` say which are likely, `placing` where one lies, `rivals` whether another fits as well; `matching` and
`following` find print and boxes again to a fraction of a mm; `page` measures and judges by the same steps as for any
other page. What is different from our own forms is only here: boxes of any size, shape and frame, and identity by what
a page looks like.
"""

from scanning.foreign.finding import read_foreign
from scanning.foreign.library import ForeignLibrary
from scanning.foreign.templates import ForeignPage, foreign_template_of

__all__ = ["ForeignLibrary", "ForeignPage", "foreign_template_of", "read_foreign"]
