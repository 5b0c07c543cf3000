"""CSV bytes → text, and what its columns are divided by."""

import re
from typing import Final

from server.households.errors import TableError

UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
NOT_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1f]")
"""Characters that no text holds, in any of the encodings."""

QUOTED: Final = re.compile(r'"[^"]*"')
DELIMITERS: Final = (",", ";", "\t")
HEAD_CHARACTERS: Final = 65_536
"""Enough for the headings."""


def decoded(content: bytes) -> str:
    """Give the text of a file in UTF-8, in UTF-16 with its mark or in Windows-1252; `TableError` when it is none."""
    for encoding in ("utf-16",) if content.startswith(UTF16_MARKS) else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not NOT_TEXT.search(text):
            return text
    raise TableError("this is neither a CSV file nor an XLSX workbook. Save the list as one of them.")


def delimiter_of(text: str) -> str:
    """Give what stands most often between the headings, quoted words aside; a comma where nothing does."""
    lines = QUOTED.sub("", text[:HEAD_CHARACTERS]).split("\n")
    return max(DELIMITERS, key=next((line for line in lines if line.strip(" \r")), "").count)
