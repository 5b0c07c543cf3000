"""The readers as the rest of the product sees them: forms and files in, results out."""

import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from forms.sandbox import Limits
from scanning.errors import ScanningError
from scanning.pages import PageLimits
from scanning.readers.child import Outfit
from scanning.readers.crew import Crew
from scanning.readers.messages import Setup
from scanning.readers.queue import Queue
from scanning.readers.results import NO_PICTURES, FileRefused, PageResult, Portion, Wanted

BOUNDS: Final = Limits(memory_mb=1500, cpu_s=30, wall_s=30)
"""Of one child; the times are for a page, and for a first look at a file."""

FORM_MAX_MB: Final = 64
"""A run of 1,800 copies has 3 MB."""

AHEAD_A_CHILD: Final = 24
"""Pages that may wait for an earlier one, for each child; with overlays about 1 MB each."""


class Readers:
    """Reads files in up to `jobs` limited child processes, by forms given as PDFs; to be used in a `with`.

    Whatever kills a child costs the page that it was reading, or the file that it was opening, and nothing else.
    """

    def __init__(
        self,
        forms: Sequence[Path | bytes],
        *,
        jobs: int = 1,
        limits: PageLimits,
        wanted: Wanted = NO_PICTURES,
        bounds: Limits = BOUNDS,
    ) -> None:
        self._forms, self._jobs, self._limits, self._wanted, self._bounds = forms, jobs, limits, wanted, bounds
        self._crew: Crew | None = None
        self._stored: BinaryIO | None = None

    def __enter__(self) -> Self:
        contents = [_content(form) for form in self._forms]
        setup = Setup(self._bounds, self._limits, self._wanted, tuple(map(len, contents)))
        names = tuple(
            form.name if isinstance(form, Path) else f"form {number}" for number, form in enumerate(self._forms, 1)
        )
        self._stored = _stored(contents)
        self._crew = Crew(Outfit(setup, self._stored.fileno(), names), self._jobs)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._crew is not None:
            self._crew.end()
        if self._stored is not None:
            self._stored.close()
        self._crew = self._stored = None

    def read(self, files: Iterable[Path | Portion]) -> Iterator[PageResult | FileRefused]:
        """Give what every page that is wanted of every file was read as, in their order, as soon as it is known.

        Files are taken from `files` as they are needed. Raises ScanningError when a form is none of ours, or no child
        can be started. One reading at a time: a second one waits for nobody and would end the first one's children.
        """
        if self._crew is None:
            raise ScanningError("the readers are used outside of their 'with'")
        crew, queue = self._crew, Queue(files, AHEAD_A_CHILD * self._jobs)
        try:
            while not queue.is_over or crew.is_busy:
                crew.hand_out(queue)
                crew.listen(queue, wait=True)
                for result in queue.results():
                    before = time.monotonic()
                    yield result
                    crew.put_off(time.monotonic() - before)
                    crew.listen(queue, wait=False)
                    crew.hand_out(queue)
        finally:
            crew.end_busy()


def _content(form: Path | bytes) -> bytes:
    """Give a form's PDF; raises ScanningError when it cannot be opened or is too large for one."""
    if isinstance(form, bytes):
        return form
    try:
        with form.open("rb") as file:
            content = file.read(FORM_MAX_MB * 2**20 + 1)
    except OSError as error:
        raise ScanningError(
            f"{form.name}: cannot be opened ({error.strerror}); check the path and your rights."
        ) from None
    if len(content) > FORM_MAX_MB * 2**20:
        raise ScanningError(f"{form.name}: has more than {FORM_MAX_MB} MB; give the PDF of the form.")
    return content


def _stored(contents: Sequence[bytes]) -> BinaryIO:
    """Give an open file of all forms that has no name any more, and that no child can write to."""
    with tempfile.NamedTemporaryFile() as file:
        file.writelines(contents)
        file.flush()
        return Path(file.name).open("rb")
