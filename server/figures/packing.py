"""Columns as bytes: a line of JSON that says what follows, then the numbers one after the other, least byte first."""

import json
from functools import lru_cache
from typing import Final

import numpy as np

from server.figures.columns import Coded, Numbers

HEADERS_KEPT: Final = 1024
"""The lines are much the same from segment to segment."""


def packed_numbers(numbers: Numbers) -> bytes:
    """Give numbers as bytes."""
    return numbers.astype(numbers.dtype.newbyteorder("<")).tobytes()


def numbers_of(content: bytes, kind: str) -> Numbers:
    """Give numbers back, of a type such as `<i8`."""
    return np.frombuffer(content, dtype=kind)


def packed_names(column: Coded) -> bytes:
    """Give a column of names as bytes."""
    kind = column.codes.dtype.newbyteorder("<").str
    header = {"names": column.names, "type": kind, "rows": len(column.codes), "more": len(column.more_rows)}
    line = json.dumps(header, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    parts = (column.codes.astype(kind), column.more_codes.astype(kind), column.more_rows.astype("<u4"))
    return line + b"".join(part.tobytes() for part in parts)


def names_of(content: bytes) -> Coded:
    """Give a column of names back."""
    end = content.index(b"\n") + 1
    names, kind, count, more = _header(content[:end])
    codes = np.frombuffer(content, dtype=kind, count=count, offset=end)
    if not more:
        return Coded(names, codes)
    after = end + codes.nbytes
    more_codes = np.frombuffer(content, dtype=kind, count=more, offset=after)
    more_rows = np.frombuffer(content, dtype="<u4", count=more, offset=after + more_codes.nbytes)
    return Coded(names, codes, more_rows.astype(np.intp), more_codes)


@lru_cache(maxsize=HEADERS_KEPT)
def _header(line: bytes) -> tuple[tuple[str, ...], str, int, int]:
    found = json.loads(line)
    return tuple(found["names"]), found["type"], found["rows"], found["more"]
