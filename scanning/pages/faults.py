"""What libtiff finds wrong with a picture, which it says on the standard error of the process and nowhere else."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

STANDARD_ERROR: Final = 2
READ_MAX: Final = 2**16


@contextmanager
def libtiff_faults() -> Iterator[list[str]]:
    """Collect in a list, by the end of the block, the lines that a library written in C puts on standard error.

    A pipe, as there may be no place for files in the child; what does not fit is lost, which is enough to know.
    """
    lines: list[str] = []
    sys.stderr.flush()
    before = os.dup(STANDARD_ERROR)
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    os.set_blocking(reading, False)
    os.dup2(writing, STANDARD_ERROR)
    os.close(writing)
    try:
        yield lines
    finally:
        os.dup2(before, STANDARD_ERROR)
        os.close(before)
        with suppress(BlockingIOError):
            lines += os.read(reading, READ_MAX).decode(errors="replace").splitlines()
        os.close(reading)
