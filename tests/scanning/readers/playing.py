"""A child that plays: its files are lines of text, and each line says what its page does to it.

The first line is about the file as a whole. Imported by the child, in the place of `scanning.readers.reading`.
"""

import os
import signal
import time
from collections.abc import Iterator
from secrets import token_hex
from typing import BinaryIO, NoReturn

from scanning.errors import ScanningError
from scanning.hints import Hint
from scanning.pages import PageLimits
from scanning.readers import worker
from scanning.readers.messages import Aside, Opened, PageRead, Typed
from scanning.readers.results import Wanted
from scanning.readers.worker import Page
from scanning.readings import Refusal, SetAside

PIXELS = (2480, 3508)
SECONDS = {"slow": 0.3, "who": 0.15, "hang": 60.0}
RAISED = {
    "raise": KeyError("a name that is nobody's business"),
    "refuse": ScanningError("The picture is too large; scan it at 300 dpi."),
}


class Played:
    """Does what the lines say."""

    def __init__(self, forms: list[bytes], _: PageLimits, wanted: Wanted) -> None:
        self.strangers = tuple(number for number, form in enumerate(forms) if form != b"form")
        self._wanted = wanted
        self._read = 0
        self._name = token_hex()

    def opened(self, file: BinaryIO) -> Opened | Typed:
        """Do what the first line says."""
        first, *pages = file.read().decode().splitlines()
        if first == "typed":
            return Typed(tuple(map(aside, pages)))
        self._do(first)
        return Opened(len(pages))

    def pages(self, file: BinaryIO, first: int, count: int, hint: Hint | None) -> Iterator[Page]:
        """Do what the lines of these pages say."""
        file.seek(0)
        lines = file.read().decode().splitlines()[1:]
        for index, line in list(enumerate(lines))[first : first + count]:
            if line == "lost":
                return
            self._do(line)
            self._read += 1
            yield self._page(index, self._name if line == "who" else f"{line} as page {hint.page}" if hint else line)

    def _page(self, index: int, line: str) -> Page:
        slips = tuple(map(aside, line.split(" and ")))
        crops = tuple((f"q{number}",) for number in range(len(slips))) if self._wanted.crops else ((),) * len(slips)
        blobs = [b"crop of " + slip.outcome.detail.encode() for slip in slips if self._wanted.crops]
        told = PageRead(index, PIXELS, slips, crops, self._wanted.overlay, self._wanted.preview)
        return told, (*blobs, *[b"overlay"] * self._wanted.overlay, *[b"preview"] * self._wanted.preview)

    def _do(self, line: str) -> None:
        if line == "crash" or (line == "crash unless fresh" and self._read):
            os.kill(os.getpid(), signal.SIGSEGV)
        if line in SECONDS:
            time.sleep(SECONDS[line])
        while line == "spin":
            pass
        if line == "devour":
            bytearray(2**32)
        if line in RAISED:
            raise RAISED[line]
        if line == "rubbish":
            os.write(socket_number(), b"\xff" * 64)
        if line.startswith("say "):
            message = line.removeprefix("say ").encode()
            os.write(socket_number(), len(message).to_bytes(4, "big") + bytes(4) + message)


def aside(line: str) -> Aside:
    return Aside(SetAside(Refusal.NO_CODE, line))


def socket_number() -> int:
    """Give the descriptor of the socket to the parent, as a child that was taken over would find it."""
    return next(number for number in range(3, 64) if _is_socket(number))


def _is_socket(number: int) -> bool:
    try:
        return os.fstat(number).st_mode & 0o170000 == 0o140000
    except OSError:
        return False


def serve() -> NoReturn:
    worker.serve(Played)
