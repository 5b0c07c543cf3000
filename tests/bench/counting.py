"""Print how long the database takes over a year's figures: `python -m tests.bench.counting [--quick]`.

A million responses to the TSM form (all made up), seven in ten with the code of one of 20,000 homes, some fourteen
answers each. `--quick` fills it less and bounds nothing. The exit code is 1 when a figure takes too long.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from forms.answers import collect
from server.figures.directions import Population, direction
from server.figures.years import ReportingYear
from server.queries.counted import Scope, scope_of
from server.queries.crossing import Side, cross_counted, cross_counts
from server.queries.measures import Split, counts_of, split_by
from server.store import Store
from tests.bench.full_store import table
from tests.bench.paper import Figures
from tests.bench.stores import DATABASES, load, made_up, store_on
from tests.server.filling import TSM, form_of
from tests.server.reports.homes import the_year

YEAR = ReportingYear(2026)
SECONDS_MAX = 1.0
SEED = 26
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Size:
    """How full."""

    responses: int
    homes: int
    sets: int
    """So many different sets of answers; the others repeat them."""


FULL = Size(responses=1_000_000, homes=20_000, sets=1_000)
QUICK = Size(responses=3_000, homes=500, sets=100)

RESPONSES = """
insert into responses (id, uid, content_sha256, receipt, campaign_id, form_version_id, household_id, channel, method,
    received_on, saved_at, language, format, helped_by, state, is_erased)
with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < :responses)
select i, 'u' || cast(i as text), 's' || cast(i as text), 'R' || cast(i as text), :campaign, :version,
    case when i * 79 % 100 < 70 then i % :homes + 1 end,
    case i % 3 when 0 then 'kiosk' when 1 then 'paper' else 'helped' end,
    case i % 3 when 2 then 'telephone' else '' end,
    {day}, '2026-06-01 09:00:00', case when i % 20 = 0 then 'pl' else 'en' end, 'clear', '', 'complete', {no}
from numbers
"""
DIALECTS: Mapping[str, Mapping[str, str]] = {
    "sqlite": {"day": "date('2026-04-01', '+' || cast(i % 300 as text) || ' days')", "no": "0"},
    "postgresql": {"day": "date '2026-04-01' + cast(i % 300 as integer)", "no": "false"},
}
ANSWERS = """
insert into answers (response_id, question, place, option, written)
select r.id, a.question, a.place, a.option, a.written
from responses r join answers a on a.response_id = r.id % :sets + 1 where r.id > :sets
"""


def fill(store: Store, size: Size) -> None:
    """Fill an empty store: most of it by the database itself."""
    with store.writing() as session:
        campaign = the_year(session)
        _put(session, "households", _homes(size))
        numbers = {"responses": size.responses, "homes": size.homes, "sets": size.sets}
        of_campaign = {"campaign": campaign.id, "version": campaign.form_version_id}
        statement = RESPONSES.format(**DIALECTS[store.engine.dialect.name])
        session.execute(text(statement), {**numbers, **of_campaign})
        _put(session, "answers", _answers(size))
        session.execute(text(ANSWERS), numbers)
        session.execute(text("analyze"))


def _put(session: Session, name: str, rows: Iterator[Mapping[str, Any]]) -> None:
    every = list(rows)
    for start in range(0, len(every), CHUNK):
        session.execute(insert(table(name)), every[start : start + CHUNK])


def _homes(size: Size) -> Iterator[Mapping[str, Any]]:
    tenures = ("Secure", "Introductory", "Secure", "Leasehold")
    for number in range(1, size.homes + 1):
        places = {"area": f"Area {number % 6}", "scheme": f"Scheme {number % 40}", "tenure": tenures[number % 4]}
        yield {"id": number, "uid": f"h{number}", "code": f"H{number}", **places}


def _answers(size: Size) -> Iterator[Mapping[str, Any]]:
    form, chance = form_of(TSM), random.Random(SEED)
    for number in range(1, size.sets + 1):
        for question, value in collect(form, made_up(form, chance)).values.items():
            if form.question(question).chooses and not form.section_of(question).detachable:
                for place, one in enumerate(value if isinstance(value, tuple) else (value,)):
                    yield {"response_id": number, "question": question, "place": place, "option": str(one)}


def figures(database: str, *, quick: bool) -> Figures:
    """Measure a year's figures on one database."""
    shown = Figures(f"A year's figures on {database} ({load()})")
    with store_on(database, safe=False) as store:
        fill(store, QUICK if quick else FULL)
        with store.reading() as session:
            scope = scope_of(session, YEAR, Population.RENTED, direction())
            for what, ask in _asked(session, scope).items():
                begun = time.perf_counter()
                ask()
                seconds = time.perf_counter() - begun
                asked = "" if quick else f"≤ {SECONDS_MAX:g} s"
                shown.add(what, asked, f"{seconds:.2f} s", held=quick or seconds <= SECONDS_MAX)
    return shown


def _asked(session: Session, scope: Scope) -> Mapping[str, Callable[[], object]]:
    rules, campaign = direction(), scope.campaigns[0]
    return {
        "all counts of the year": lambda: counts_of(session, scope, rules),
        "measures by scheme": lambda: split_by(session, scope, Split.SCHEME, rules),
        "measures by month": lambda: split_by(session, scope, Split.MONTH, rules),
        "two questions crossed, what counts": lambda: cross_counted(session, scope, Side("overall"), Side("safe_home")),
        "two questions crossed, all": lambda: cross_counts(session, campaign, Side("overall"), Side("safe_home")),
        "a question by area, all": lambda: cross_counts(session, campaign, Side("area", is_fact=True), Side("overall")),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
