"""The reports there are, and the PDF of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from forms.languages import english_name
from server.dashboard.reach import not_heard
from server.figures.directions import Method
from server.figures.saying import wording_of_standing
from server.figures.tallies import Tally
from server.publishing.gathering import Gathered
from server.publishing.telling import plain_words, told
from server.web.words import plain

GROUPS_MAX: Final = 8
"""Groups that are heard too little, in the report for leaders: more than these nobody acts upon."""


SMS: Final = "SMS"

LEAST_ANSWERS: Final = 10
"""A measure of fewer answers is not published: it would tell what single people said."""


class Kind(StrEnum):
    """A report."""

    RESULTS = "results"
    TABLE = "table"
    LEADERS = "leaders"
    APPROACH = "approach"


@dataclass(frozen=True, slots=True)
class About:
    """What a report is."""

    title: str
    words: str


ABOUT: Final[Mapping[Kind, About]] = {
    Kind.RESULTS: About(
        "What you told us", "The survey's results for tenants, in plain words and large type. Add what you will do."
    ),
    Kind.TABLE: About(
        "Tenant satisfaction measures", "The table to be published. Add the measures that no survey gives."
    ),
    Kind.LEADERS: About(
        "Report for senior leaders",
        "Where the year stands, what has changed, and who is not heard. For every six months.",
    ),
    Kind.APPROACH: About(
        "Summary of approach (draft)", "How the survey was done, as the regulator asks. What you must add is marked."
    ),
}


def made(kind: Kind, gathered: Gathered, shared: Gathered | None = None) -> bytes:
    """Give a report as a PDF; `shared` is the same year of low-cost home ownership, where there is any."""
    from server.publishing.rendering import pdf_of  # noqa: PLC0415 (its library takes a second to load)

    words = plain_words(gathered.year.asked.rules.measures)
    return pdf_of(
        f"publishing/{kind}.html",
        title=ABOUT[kind].title,
        of=gathered,
        counts=gathered.year.counts,
        standing=gathered.year.standing,
        stands=wording_of_standing(gathered.year.standing),
        parts=[one for one in (gathered, shared) if one is not None],
        told=told(gathered.year.lines, words),
        information=words.information,
        least=not_heard(gathered.reach)[:GROUPS_MAX],
        off=[one for one in gathered.reach if one.is_off and one.is_known],
        methods=_methods(gathered),
        least_answers=LEAST_ANSWERS,
        method_min=gathered.year.asked.rules.method_answers_min,
        languages=sorted({english_name(one) for campaign in gathered.campaigns for one in campaign.languages}),
    )


def _methods(gathered: Gathered) -> list[tuple[str, int, str]]:
    """Give each method with its answers, and its own figure of the first measure where enough came by it."""
    counts, rules = gathered.year.counts, gathered.year.asked.rules
    found = list[tuple[str, int, str]]()
    for method in Method:
        tally = counts.overall_by_method.get(method, Tally())
        share = tally.share(top=rules.top_answers) if tally.valid >= rules.method_answers_min else None
        words = SMS if method is Method.SMS else plain(method.value).capitalize()
        found.append((words, counts.by_method[method], "" if share is None else f"{share} %"))
    return found
