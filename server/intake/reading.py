"""Files that wait → pages in the database: what one worker does when there is work. Loaded only then.

Files are handed to the readers a few at a time, each counted as begun before anything of it is decoded.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanning.pages import PageLimits
from scanning.readers import Portion, Readers, Wanted
from server.intake import trouble
from server.intake.again import read_pages_again
from server.intake.attempts import Attempts
from server.intake.handing_over import HandingOver
from server.intake.keeping import Keeper, put_together
from server.intake.papers import Papers, papers_of
from server.models.form_versions import PrintedForm
from server.models.intake import ReceivedFile
from server.queries.intake import loose_files, waiting_files, waiting_pages
from server.queries.theirs import Lot, lots_waiting
from server.returns.known import Known, printings
from server.returns.pages import SAMPLED
from server.store import Store

WANTED: Final = Wanted(crops=True, sampled=SAMPLED, preview=True, condition=True, beside=True)

FILES_AT_ONCE: Final = 16
"""Handed out after one transaction: enough that nobody waits for the next, few enough that few are suspected when a
worker dies."""

PRINTINGS: Final = "printings"
"""What troubles with kept printings are told under."""

CLOSED: Final = (
    "A printed form that is kept here cannot be opened ({}). All others are read; its pages go to “Needs you” as of an "
    "unknown form. Tell your administrator: it has to be restored from a backup. Then have those pages read again."
)

IsEnded = Callable[[], bool]


class Reading:
    """The reading of one worker; it remembers which attempts it has counted."""

    def __init__(self, store: Store, jobs: int, is_ended: IsEnded) -> None:
        self._store, self._jobs, self._is_ended = store, jobs, is_ended
        self._limits = PageLimits(**store.settings.reading)
        self._counts = Attempts()

    def read_waiting(self) -> None:
        """Read what waits, until nothing does, another form was printed, or somebody ends this worker."""
        with self._store.reading() as session:
            known, names = printings(session, self._store.files), _names(session)
            loose, lots = loose_files(session), lots_waiting(session)
        self._tell_of_closed(names - set(known))
        put_together(self._store, loose, known)
        for lot in lots:
            if not self._is_ended():
                self._read_lot(lot, known, names)

    def _read_lot(self, lot: Lot, known: Mapping[str, Known], names: set[str]) -> None:
        """Read what is read by the same forms."""
        with self._store.reading() as session:
            papers = papers_of(session, self._store.files, known, lot)
            again, suspected = bool(waiting_pages(session, lot)), _is_any(session, lot, suspected=True)
            fresh = _is_any(session, lot, suspected=False)
        if fresh or again:
            with self._readers(papers, self._jobs) as readers:
                self._read(readers, known, self._handed_out(lot, names, suspected=False), at_once=False)
                if again:
                    read_pages_again(self._store, readers, known, lot)
        if suspected:
            with self._readers(papers, 1) as readers:
                self._read_suspected(readers, known, names, lot)

    def end(self) -> None:
        """Take back the attempts at what was left because this worker was stopped."""
        with self._store.writing() as session:
            self._counts.end(session)

    def _tell_of_closed(self, closed: set[str]) -> None:
        """Tell officers which printings cannot be opened, until they can be."""
        words = CLOSED.format(", ".join(sorted(closed))) if closed else None
        trouble.tell(self._store.folder, PRINTINGS, words)

    def _readers(self, papers: Papers, jobs: int) -> Readers:
        return Readers(papers.pdfs, jobs=jobs, limits=self._limits, wanted=replace(WANTED, theirs=papers.theirs))

    def _read_suspected(self, readers: Readers, known: Mapping[str, Known], names: set[str], lot: Lot) -> None:
        """Read each by itself: if the worker dies again, it is known over which."""
        for portions in self._handed_out(lot, names, suspected=True, most=1):
            self._read(readers, known, iter((portions,)), at_once=True)

    def _read(
        self,
        readers: Readers,
        known: Mapping[str, Known],
        handed_out: Iterator[Sequence[tuple[int, Portion]]],
        *,
        at_once: bool,
    ) -> None:
        keeper = Keeper(self._store, known, self._counts, at_once=at_once)
        files: dict[Path, int] = {}

        def given() -> Iterator[Portion]:
            for portions in handed_out:
                for number, portion in portions:
                    files[portion.file] = number
                    keeper.hand_out(number)
                    yield portion

        with HandingOver(keeper.add) as keeping:
            for result in readers.read(given()):
                keeping.put((files[result.file], result))
                if at_once:
                    keeping.wait()
                if self._is_ended():
                    break
        if self._is_ended():
            keeper.keep()  # more of the last file may be to come
        else:
            keeper.end()

    def _handed_out(
        self, lot: Lot, names: set[str], *, suspected: bool, most: int = FILES_AT_ONCE
    ) -> Iterator[Sequence[tuple[int, Portion]]]:
        """Give what is to be read next, again and again, each file counted as begun."""
        after = 0
        while not self._is_ended():
            with self._store.reading() as session:
                waiting = waiting_files(session, lot, after, most, suspected=suspected)
                is_as_known = _names(session) == names
            if not waiting or not is_as_known:
                return
            after = waiting[-1].id
            yield self._begun([file.id for file in waiting])

    def _begun(self, numbers: Sequence[int]) -> Sequence[tuple[int, Portion]]:
        with self._store.writing() as session:
            files = [session.get_one(ReceivedFile, number) for number in numbers]
            begun = [(file.id, self._counts.begin(self._store, session, file)) for file in files]
        return [(number, portion) for number, portion in begun if portion is not None]


def _is_any(session: Session, lot: Lot, *, suspected: bool) -> bool:
    return bool(waiting_files(session, lot, 0, 1, suspected=suspected))


def _names(session: Session) -> set[str]:
    return set(session.scalars(select(PrintedForm.name)))
