"""Readings of pages → copies: pages put together in any order over several files, with what is missing or double.

A page of a numbered copy says whose it is. Pages without a copy code (a form printed at home, a part that is torn off)
are only put together where a file leaves no doubt: see `_uncoded`. The part that is torn off is a copy by itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from scanning.printings import Printed
from scanning.readings import SENTENCES, Answer, Doubt, PageReading, Reason, Refusal, SetAside
from scanning.settling import settled
from scanning.written_beside import SENTENCE, doubted_beside

WHOLE_PAGE = ""
"""Stands for the question in a doubt about a page or a copy."""

PLACES_NAMED = 4
"""Places of one page that a doubt names; a page that came more often is in a folder of copies."""


@dataclass(frozen=True, slots=True)
class Received:
    """One page as it came: its file, its number in it from 0, and what it was read as."""

    file: str
    index: int
    outcome: PageReading | SetAside

    @property
    def place(self) -> str:
        """Say where it is, for people, who count from 1."""
        return f"{self.file} ({self.index + 1})"

    @property
    def page(self) -> int | None:
        """Give the number of its page in the form from 1; None when it was not read."""
        return self.outcome.page if isinstance(self.outcome, PageReading) else None

    def has(self, question: str) -> bool:
        """Tell whether a question has boxes here."""
        return isinstance(self.outcome, PageReading) and question in self.outcome.answers


@dataclass(frozen=True, slots=True)
class Read:
    """A page that was read."""

    received: Received
    reading: PageReading


@dataclass(frozen=True, slots=True)
class CopyReading:
    """One copy as far as it came: its answers, its doubts, and its pages by their numbers from 1."""

    copy: str | None
    printing: str
    form: str
    version: str
    sources: tuple[Received, ...]
    """Where its pages are, in their order."""
    pages: tuple[int, ...]
    missing: tuple[int, ...]
    """Pages with something to fill in that did not come."""
    double: tuple[int, ...]
    """Pages that came more than once."""
    foreign: tuple[Received, ...]
    """Pages of another printing with this copy's code; their answers are not among these."""
    answers: dict[str, Answer]
    doubts: tuple[Doubt, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Give the files that its pages are in, each once."""
        return tuple(dict.fromkeys(one.file for one in (*self.sources, *self.foreign)))

    def source_of(self, question: str) -> Received | None:
        """Give the first page with boxes of a question; None for a doubt about the whole copy."""
        return next((one for one in self.sources if one.has(question)), None)


def copies(pages: Iterable[Received], printings: Mapping[str, Printed]) -> list[CopyReading]:
    """Put pages together; give every copy in the order of its first page."""
    received = list(pages)
    read = [Read(one, one.outcome) for one in received if isinstance(one.outcome, PageReading)]
    groups: dict[object, list[Read]] = {}
    for key, one in zip(_keys(received, read, printings), read, strict=True):
        groups.setdefault(key, []).append(one)
    return [_copy(group, printings) for group in groups.values()]


def _keys(received: Sequence[Received], read: Sequence[Read], printings: Mapping[str, Printed]) -> list[object]:
    """Give for every page that was read what the pages of its copy have in common."""
    uncoded: dict[int, object] = {}
    for file, group in groupby(received, key=lambda one: one.file):
        pages = list(group)
        for number, together in enumerate(_uncoded(pages, printings)):
            uncoded |= {id(one): (file, number) for one in together}
    return [one.reading.copy or uncoded[id(one.received)] for one in read]


def _uncoded(file: Sequence[Received], printings: Mapping[str, Printed]) -> Iterator[list[Received]]:
    """Put the pages of one file that bear no copy code together, a list for each copy.

    All of them are one copy when no page repeats. A stack of copies is cut after every so many pages as one copy has,
    counting those that could not be read, if every piece then begins with the first page and has each at most once. In
    any other file nobody can tell whose a page is: each is by itself.
    """
    codes = {one.outcome.copy for one in file if isinstance(one.outcome, PageReading)} - {None}
    parts: dict[tuple[str, bool], list[Received]] = {}
    for one in file:
        if isinstance(one.outcome, PageReading) and one.outcome.copy is None:
            torn_off = one.outcome.page in printings[one.outcome.printing].torn_off
            parts.setdefault((one.outcome.printing, torn_off), []).append(one)
    for (name, torn_off), pages in parts.items():
        mine = set(map(id, pages))
        slots = [one for one in file if id(one) in mine or _is_unread(one.outcome)]
        whole = printings[name].torn_off if torn_off else printings[name].together
        for piece in _pieces(slots, sorted(whole), several=len(codes) > 1):
            yield [one for one in piece if id(one) in mine]


def _pieces(slots: Sequence[Received], whole: Sequence[int], *, several: bool) -> Iterator[Sequence[Received]]:
    """Cut a file's pages into copies of these pages; `several` tells that it surely holds more than one copy."""
    length = len(whole)
    is_one = len(slots) <= length and not several
    pieces = [slots[at : at + length] for at in range(0, len(slots), length)]
    fits = is_one or (len(slots) % length == 0 and all(_begins_a_copy(piece, whole) for piece in pieces))
    if not fits or any(_repeats(piece) for piece in pieces):
        pieces = [[one] for one in slots if isinstance(one.outcome, PageReading)]
    yield from pieces


def _repeats(piece: Sequence[Received]) -> bool:
    numbers = [one.outcome.page for one in piece if isinstance(one.outcome, PageReading)]
    return len(numbers) != len(set(numbers))


def _begins_a_copy(piece: Sequence[Received], whole: Sequence[int]) -> bool:
    """Tell whether a piece begins with the first page; else a stray page may have moved the cuts by one.

    Where that page could not be read, all others must stand where a sorted copy has them.
    """
    if piece[0].page is not None:
        return piece[0].page == whole[0]
    return all(one.page in (None, number) for one, number in zip(piece, whole, strict=False))


def _is_unread(outcome: PageReading | SetAside) -> bool:
    return isinstance(outcome, SetAside) and outcome.refusal is not Refusal.BLANK_PAGE


def _copy(group: Sequence[Read], printings: Mapping[str, Printed]) -> CopyReading:
    """Give a copy from its pages: those of the printing that most of them are of, the first come counting."""
    names = [one.reading.printing for one in group]
    printed = printings[max(names, key=names.count)]
    own = [one for one in group if one.reading.printing == printed.name]
    foreign = tuple(one.received for one in group if one.reading.printing != printed.name)
    by_page: dict[int, list[Read]] = {}
    for one in sorted(own, key=lambda read: read.reading.page):
        by_page.setdefault(one.reading.page, []).append(one)
    answers, doubts = _answered(printed, by_page)
    return CopyReading(
        copy=group[0].reading.copy,
        printing=printed.name,
        form=printed.form.form,
        version=printed.form.version_name,
        sources=tuple(one.received for same in by_page.values() for one in same),
        pages=tuple(by_page),
        missing=_missing(printed, by_page),
        double=tuple(number for number, same in by_page.items() if len(same) > 1),
        foreign=foreign,
        answers=answers,
        doubts=(*doubts, *_about_pages(by_page, foreign)),
    )


def _missing(printed: Printed, by_page: Mapping[int, object]) -> tuple[int, ...]:
    """Give the pages that did not come; of what is torn off nobody knows whether it should have."""
    if printed.torn_off & set(by_page):
        return ()
    return tuple(sorted((printed.to_fill & printed.together) - set(by_page)))


def _answered(printed: Printed, by_page: Mapping[int, list[Read]]) -> tuple[dict[str, Answer], list[Doubt]]:
    """Settle the first come of each page; what another of the same page says otherwise is doubted."""
    first = [same[0].reading for same in by_page.values()]
    answers, doubts = _merged(first) if first[0].typed else _settled(printed, first)
    doubted = {doubt.question for doubt in doubts}
    differing = {
        name
        for same in by_page.values()
        for name in _differing([one.reading for one in same]) | (_doubted([one.reading for one in same]) - doubted)
    }
    twice = [Doubt(name, Reason.CAME_TWICE, SENTENCES[Reason.CAME_TWICE]) for name in sorted(differing)]
    kept = [doubt for doubt in doubts if doubt.question not in differing]
    return answers | dict.fromkeys(differing), [*kept, *twice]


def _settled(printed: Printed, readings: Sequence[PageReading]) -> tuple[dict[str, Answer], tuple[Doubt, ...]]:
    """Settle pages; where words beside boxes were seen, what these say together does not take the doubt away."""
    answers, doubts = settled(printed.form, readings)
    doubted = {doubt.question for doubt in doubts}
    beside = [name for name in dict.fromkeys(doubted_beside(readings)) if name not in doubted]
    more = tuple(Doubt(name, Reason.BESIDE, SENTENCE) for name in beside)
    return answers | dict.fromkeys(beside), (*doubts, *more)


def _merged(readings: Sequence[PageReading]) -> tuple[dict[str, Answer], tuple[Doubt, ...]]:
    """Give what typed-in pages say: their fields were read as one already."""
    answers = {name: answer for reading in readings for name, answer in reading.answers.items()}
    return answers, tuple(doubt for reading in readings for doubt in reading.doubts)


def _differing(same: Sequence[PageReading]) -> set[str]:
    """Give the questions that readings of one page answer in more than one way; a doubt differs from an answer."""
    seen = [_said(reading) for reading in same]
    return {name for one in seen for name in one if any(one[name] != other.get(name) for other in seen)}


def _doubted(same: Sequence[PageReading]) -> set[str]:
    """Give what is doubted on a page that came twice: what the copy settles for one may hide another answer."""
    return {doubt.question for reading in same for doubt in reading.doubts} if len(same) > 1 else set()


def _said(reading: PageReading) -> dict[str, tuple[Answer, bool]]:
    doubted = {doubt.question for doubt in reading.doubts}
    return {name: (answer, name in doubted) for name, answer in reading.answers.items()}


def _about_pages(by_page: Mapping[int, list[Read]], foreign: Sequence[Received]) -> Iterator[Doubt]:
    for number, same in by_page.items():
        if len(same) > 1:
            detail = f"Page {number} of this copy came more than once: {_places([one.received for one in same])}."
            yield Doubt(WHOLE_PAGE, Reason.DOUBLE_PAGE, detail)
    for one in foreign:
        yield Doubt(WHOLE_PAGE, Reason.FOREIGN_PAGE, f"{SENTENCES[Reason.FOREIGN_PAGE]} It is {one.place}.")


def _places(received: Sequence[Received]) -> str:
    """Name where pages are; the first of many."""
    named = ", ".join(one.place for one in received[:PLACES_NAMED])
    more = len(received) - PLACES_NAMED
    return f"{named} and {more} more" if more > 0 else named
