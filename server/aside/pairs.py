"""Two of the same as a page shows them: both whole, and what each answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.aside.comparing import Row, form_of_printing, said_in_response, said_on_paper, side_by_side
from server.catalogue.versions import form_of
from server.errors import RefusedError
from server.models.form_versions import FormVersion
from server.models.intake import Return, ReturnState
from server.models.responses import Response, ResponseState
from server.queries.aside import ReturnedCopy, copy_of, other_response, response_of, stands_before
from server.returns.completing import answers_of
from server.returns.problems import Problem


@dataclass(frozen=True, slots=True)
class PairOfCopies:
    """Two returns of one copy; `first` is none where it does not count any more."""

    first: ReturnedCopy | None
    second: ReturnedCopy
    rows: Sequence[Row]

    @property
    def lacks_pictures(self) -> bool:
        """Tell whether a page of either has no picture yet."""
        both = (self.first, self.second) if self.first is not None else (self.second,)
        return any(page.preview_sha256 is None for one in both for page in one.one.pages)

    @property
    def differing(self) -> int:
        """Give how many questions they answer differently."""
        return sum(row.differs for row in self.rows)


@dataclass(frozen=True, slots=True)
class PairOfResponses:
    """Two responses under one id; `first` is none where it was removed."""

    first: Response | None
    second: Response
    rows: Sequence[Row]

    @property
    def differing(self) -> int:
        """Give how many questions they answer differently."""
        return sum(row.differs for row in self.rows)


def pair_of_copies(session: Session, uid: str, details: Mapping[str, str]) -> PairOfCopies:
    """Give a return of a copy that came before, beside the one that stands."""
    second = copy_of(session, uid)
    if second.one.state != ReturnState.REPEATED:
        raise RefusedError("Somebody has seen to this copy meanwhile. Go back to the list.")
    standing = stands_before(session, second.one)
    first = copy_of(session, standing.uid) if standing is not None else None
    form = form_of_printing(session, second.one.printed_form_id)
    said = said_on_paper(session, first.one, form) if first is not None else {}
    return PairOfCopies(first, second, side_by_side(form, said, said_on_paper(session, second.one, form), details))


def pair_of_responses(session: Session, response_id: int, details: Mapping[str, str]) -> PairOfResponses:
    """Give a response that clashes, beside the one that stands."""
    second = response_of(session, response_id)
    if second.state != ResponseState.CLASH:
        raise RefusedError("Somebody has seen to this clash meanwhile. Go back to the list.")
    first = other_response(session, second)
    form = form_of(session.get_one(FormVersion, second.form_version_id))
    said = said_in_response(session, first, form) if first is not None else {}
    return PairOfResponses(first, second, side_by_side(form, said, said_in_response(session, second, form), details))


def pages_without_picture(session: Session, uid: str) -> list[int]:
    """Give the ids of the pages without a picture of a copy, and of the one that it repeats."""
    one = copy_of(session, uid).one
    first = stands_before(session, one) if one.state == ReturnState.REPEATED else None
    both: tuple[Return, ...] = (one,) if first is None else (first, one)
    return [page.id for each in both for page in each.pages if page.preview_sha256 is None]


def mistakes_of(session: Session, one: Return) -> list[tuple[int, str]]:
    """Give the answers of a copy that cannot stand: the question's number, and why."""
    if one.problem != Problem.INVALID:
        return []
    form = form_of_printing(session, one.printed_form_id)
    problems = answers_of(session, one, form).problems
    return [(form.numbers[problem.question], problem.message("en")) for problem in problems]
