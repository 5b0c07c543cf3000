"""A table with its columns matched → responses that can stand, and what is wrong with each row that cannot. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from forms.answers import Answers, collect
from forms.languages import english_name
from server.collected.matching import (
    COPY_CODE,
    HOUSEHOLD,
    LANGUAGE,
    LEAVE_OUT,
    METHOD,
    RECEIVED_ON,
    plain,
)
from server.collected.values import Direction, UnreadError, answer_of, is_ticked, option_named
from server.figures.directions import Direction as Rules
from server.figures.directions import Method
from server.households.cells import day_of, tidy
from server.households.tables import Table
from server.results.wording import Worded

METHOD_MAX: Final = 40
"""What the column of methods holds."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How a table is to be read."""

    columns: Mapping[str, str]
    method: str
    """Of rows that do not say their own."""
    received_on: date
    direction: Direction


@dataclass(frozen=True, slots=True)
class Known:
    """What codes stand for in the campaign: its paper's codes, and the invited homes by theirs."""

    copies: frozenset[str]
    homes: Mapping[str, int]
    other_homes: frozenset[str]
    """Codes of homes that the campaign has not asked."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that can become a response."""

    row: int
    answers: Answers
    received_on: date
    method: str
    language: str
    copy_code: str | None
    home: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot stand: under which heading, and in words."""

    row: int
    heading: str
    words: str


@dataclass(slots=True)
class Read:
    """What a table's rows came to."""

    ready: list[Ready] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_asked: int = 0
    """Answers to questions that the person's other answers lead past: they are not counted."""

    @property
    def refused(self) -> frozenset[int]:
        """Give the numbers of the rows that cannot stand."""
        return frozenset(problem.row for problem in self.problems)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one row after another."""

    worded: Worded
    setup: Setup
    known: Known
    rules: Rules
    today: date

    def read(self, number: int, cells: Mapping[str, str]) -> Ready | list[Problem]:
        """Give a row as a response, or all that is wrong with it."""
        wrong = list[Problem]()
        facts = {self.setup.columns[heading]: (heading, tidy(cell)) for heading, cell in cells.items()}
        found = dict[str, Any]()
        for target, (name, read) in FACTS.items():
            heading, cell = facts.get(target, ("", ""))
            try:
                found[name] = read(self, cell)
            except UnreadError as error:
                wrong.append(Problem(number, heading, str(error)))
        answers = collect(self.worded.form, dict(self._delivered(number, cells, wrong)))
        wrong += [
            Problem(number, self._heading(problem.question), problem.message("en")) for problem in answers.problems
        ]
        if not answers.values and not wrong:
            wrong.append(Problem(number, "", "There is no answer in this row."))
        return wrong or Ready(number, answers, **found)

    def _delivered(self, number: int, cells: Mapping[str, str], wrong: list[Problem]) -> Iterator[tuple[str, object]]:
        several = dict[str, list[object]]()
        for heading, cell in cells.items():
            target = self.setup.columns[heading]
            if target.startswith("@"):
                continue
            question = self.worded.form.question(target)
            try:
                if question.kind == "several_choices":
                    several.setdefault(target, []).extend(self._several(heading, cell, target))
                else:
                    yield target, answer_of(cell, question, self.worded, self.setup.direction)
            except UnreadError as error:
                wrong.append(Problem(number, heading, str(error)[:1].upper() + str(error)[1:]))
        yield from several.items()

    def _several(self, heading: str, cell: str, target: str) -> Sequence[object]:
        """Give what a cell says of a question with several choices: its own choice, or a list of them."""
        question = self.worded.form.question(target)
        option = option_named(heading, question, self.worded)
        if option is not None:
            return [option] if is_ticked(cell) else []
        answer = answer_of(cell, question, self.worded, self.setup.direction)
        return answer if isinstance(answer, list) else []

    def _heading(self, question: str) -> str:
        return next(heading for heading, target in self.setup.columns.items() if target == question)

    def received_on(self, cell: str) -> date:
        """Give the day of an answer; a day to come is none."""
        found = day_of(cell, self.today) if cell else self.setup.received_on
        if found is None:
            raise UnreadError("This is not a day that has been.")
        return found

    def method(self, cell: str) -> str:
        """Give the method; one that no return of the regulator's has a place for is refused."""
        words = cell or self.setup.method
        is_other = self.rules.method_of("", words) == Method.OTHER
        if len(words) > METHOD_MAX or (is_other and plain(words) not in self.rules.methods[Method.OTHER]):
            raise UnreadError(
                "This is no method that Sayso knows. Write telephone, internet, face to face, post or SMS."
            )
        return words

    def language(self, cell: str) -> str:
        """Give a language of the form by its code or its English name."""
        form, words = self.worded.form, cell.casefold()
        found = next((one for one in form.languages if words in {one.casefold(), english_name(one).casefold()}), None)
        if cell and found is None:
            raise UnreadError("The form is not in this language.")
        return found or form.language

    def copy_code(self, cell: str) -> str | None:
        """Give the code of a paper form of this campaign, as it is printed."""
        words = cell.upper().replace(" ", "").replace("-", "")
        code = f"{words[:4]} {words[4:]}"
        if cell and code not in self.known.copies:
            raise UnreadError("No paper form of this campaign has this code.")
        return code if cell else None

    def home(self, cell: str) -> int | None:
        """Give the number of an invited home."""
        if cell in self.known.other_homes:
            raise UnreadError(
                "This campaign has not invited this home, so its answers would not count. Invite it first."
            )
        if cell and cell not in self.known.homes:
            raise UnreadError("No home has this code.")
        return self.known.homes.get(cell)


FACTS: Final[Mapping[str, tuple[str, Callable[[_Reader, str], object]]]] = {
    RECEIVED_ON: ("received_on", _Reader.received_on),
    METHOD: ("method", _Reader.method),
    LANGUAGE: ("language", _Reader.language),
    COPY_CODE: ("copy_code", _Reader.copy_code),
    HOUSEHOLD: ("home", _Reader.home),
}
"""What is known of a response: its name, and how its cell is read."""


def read_rows(table: Table, setup: Setup, worded: Worded, known: Known, rules: Rules, today: date) -> Read:
    """Read all rows of a table."""
    reader, read = _Reader(worded, setup, known, rules, today), Read()
    for number, row in table.rows:
        padded = [*row, *[""] * (len(table.headings) - len(row))]
        cells = {
            heading: cell
            for heading, cell in zip(table.headings, padded, strict=True)
            if setup.columns[heading] != LEAVE_OUT
        }
        found = reader.read(number, cells)
        if isinstance(found, Ready):
            read.ready.append(found)
            read.not_asked += len(found.answers.not_asked)
        else:
            read.problems += found
    return read


def codes_in(table: Table, columns: Mapping[str, str], target: str) -> frozenset[str]:
    """Give all texts of the column that holds a code, tidied."""
    places = [place for place, heading in enumerate(table.headings) if columns.get(heading) == target]
    return frozenset(tidy(row[place]) for _, row in table.rows for place in places if place < len(row)) - {""}
