"""What the groups and states of what needs a person are called on pages, and why each thing is there."""

from collections.abc import Sequence
from typing import Final

from scanning.readings import REFUSALS, Refusal
from server.aside.reasons import in_words
from server.models.intake import Batch, Page, ReceivedFile, Return
from server.queries.aside import Group, ReturnedCopy
from server.returns.problems import SENTENCES, Problem
from server.web.words import day

HEADINGS: Final = {
    Group.PAGES: "Pages that could not be read",
    Group.FILES: "Files that could not be opened",
    Group.COPIES: "Copies that cannot count yet",
    Group.REPEATS: "Copies that came twice",
    Group.AGAIN: "The same file again",
    Group.CLASHES: "The same response with other answers",
    Group.REJECTED: "Rejected",
}

EXPLANATIONS: Final = {
    Group.PAGES: "Say which page it is, and it is read again; or key it in, have it scanned again, or reject it.",
    Group.FILES: "Nothing of these was read. Have the paper scanned again, or try once more.",
    Group.COPIES: "Each was read, and one thing is in its way.",
    Group.REPEATS: "The second does not count. Compare the two, and say which stands.",
    Group.AGAIN: "The same bytes came once more. They were not read a second time, and count once.",
    Group.CLASHES: "The second does not count. Compare the two, and say which stands.",
    Group.REJECTED: "Kept, and not counted. What was rejected by mistake can be put back.",
}

SHORT: Final = {
    Problem.FOREIGN_PAGE: "Another printing with this copy's code",
    Problem.UNKNOWN_COPY: "Its code is not known",
    Problem.NO_CAMPAIGN: "Which campaign does it answer?",
    Problem.MISSING_PAGES: "Pages did not come",
    Problem.NO_DATE: "It waits for the day on which its batch came",
    Problem.INVALID: "Its answers cannot stand together",
}


def batch(one: Batch) -> str:
    """Name a batch."""
    return one.name or f"batch of {day(one.created_at)}"


def why_aside(page: Page) -> str:
    """Say why a page was set aside."""
    if page.set_aside_because:
        return page.set_aside_because
    return REFUSALS[Refusal(page.refusal)] if page.refusal in list(Refusal) else "It could not be read."


def problem(one: Return) -> str:
    """Say what is in a copy's way, with what to do."""
    return SENTENCES[Problem(one.problem)] if one.problem in list(Problem) else ""


def in_short(one: Return) -> str:
    """Say in a few words what is in a copy's way."""
    if one.problem == Problem.MISSING_PAGES:
        return f"{pages(one.pages_missing)} did not come"
    return SHORT.get(Problem(one.problem), "") if one.problem in list(Problem) else ""


def pages(numbers: Sequence[str]) -> str:
    """Name pages: page 3, pages 3 and 5."""
    if len(numbers) < 2:
        return f"page {''.join(numbers)}"
    return f"pages {', '.join(numbers[:-1])} and {numbers[-1]}"


def because(kept: str | None) -> str:
    """Say why something was rejected, or how it was settled."""
    return in_words(kept)


def is_page(one: object) -> bool:
    """Tell whether a line is about a page."""
    return isinstance(one, Page)


def is_file(one: object) -> bool:
    """Tell whether a line is about a file."""
    return isinstance(one, ReceivedFile)


def is_copy(one: object) -> bool:
    """Tell whether a line is about a returned copy."""
    return isinstance(one, ReturnedCopy)
