"""What the limited child does with a received file: take pages out of it, or cut some pages out of it.

It answers on its standard output: a line of JSON, then bytes. The line says how many pages stay in the file that
follows, or how long each of the pages is that follow, or why nothing was done.
"""

import json
import os
import sys
from collections.abc import Sequence
from io import RawIOBase
from typing import BinaryIO, Final, NoReturn, cast

from forms.sandbox import Limits
from scanning.pages.errors import UnreadableFile
from scanning.pages.limits import PageLimits
from server.people import pdf_pages, tiff_pages
from server.people.file_kind import FileKind, kind_of

ANY: Final = PageLimits(document_mb=4096, pages=100_000, megapixels=1000)
"""What was taken in once is taken apart, whatever the limits of reading are now."""


class _Pipe(RawIOBase):
    """A pipe to write to: whole pieces, and no going back."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def writable(self) -> bool:
        return True

    def write(self, piece: object, /) -> int:
        content = memoryview(cast(bytes, piece)).cast("B")
        done = 0
        while done < len(content):
            done += os.write(self._descriptor, content[done:])
        return done


def child(work: str, numbers: str, memory_mb: str, cpu_s: str) -> NoReturn:
    """Do the work in this process, under limits that it can no longer raise; never returns."""
    pipe = _Pipe(os.dup(1))
    os.dup2(2, 1)  # a library that prints must not write into the answer
    Limits(int(memory_mb), int(cpu_s), 0).apply()
    wanted = sorted({int(number) for number in numbers.split(",")})
    try:
        (_without if work == "without" else _alone)(sys.stdin.buffer, wanted, pipe)
    except UnreadableFile as error:
        _say(pipe, refused=str(error))
    os._exit(0)


def _without(file: BinaryIO, numbers: Sequence[int], pipe: _Pipe) -> None:
    is_pdf = kind_of(file) == FileKind.PDF
    pages = pdf_pages.count(file) if is_pdf else tiff_pages.count(file, ANY)
    _check(numbers, pages)
    staying = pages - len(numbers)
    _say(pipe, staying=staying)
    if not staying:
        return
    if is_pdf:
        pdf_pages.without(file, numbers, cast(BinaryIO, pipe))
        return
    for piece in tiff_pages.without(file, ANY, numbers):
        pipe.write(piece)


def _alone(file: BinaryIO, numbers: Sequence[int], pipe: _Pipe) -> None:
    is_pdf = kind_of(file) == FileKind.PDF
    _check(numbers, pdf_pages.count(file) if is_pdf else tiff_pages.count(file, ANY))
    pages = [pdf_pages.page_alone(file, one) if is_pdf else tiff_pages.page_alone(file, ANY, one) for one in numbers]
    _say(pipe, lengths=[len(page) for page in pages])
    for page in pages:
        pipe.write(page)


def _check(numbers: Sequence[int], pages: int) -> None:
    if max(numbers) > pages:
        raise UnreadableFile(f"It has {pages} pages, and no page {max(numbers)}.")


def _say(pipe: _Pipe, **words: object) -> None:
    pipe.write(json.dumps(words).encode() + b"\n")
