"""Print how long the database takes over a year's figures: `python -m tests.bench.counting [--quick]`.

A million responses to the TSM form (all made up), seven in ten with the code of one of 20,000 homes, some fourteen
answers each. `--quick` fills it less and bounds nothing. The exit code is 1 when a figure takes too long.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from forms.answers import collect
from server.dashboard.asked import asked
from server.dashboard.reach import characteristics, not_heard
from server.dashboard.year import year_of
from server.figures.directions import Population, direction
from server.figures.years import ReportingYear
from server.packing.packing import pack_waiting
from server.queries.counted import Scope, scope_of
from server.queries.crossing import Side, cross_counted, cross_counts, option_counts, place_counts
from server.queries.measures import Split, counts_of, split_by
from server.queries.today import came_on
from server.store import Store
from tests.bench.full_store import table
from tests.bench.paper import Figures
from tests.bench.stores import DATABASES, load, made_up, store_on
from tests.server.filling import TSM, form_of
from tests.server.reports.homes import the_year

YEAR = ReportingYear(2026)
SECONDS_MAX = 1.0
MEGABYTES_MAX = 300
FEW_HOMES = 1_745
"""Of the landlord: then every home has some four hundred answers."""
SEVERAL = "topics"
"""A question to which everybody gave two answers; the TSM form has none such outside the page of equality."""
TOPICS = ("repairs", "gardens", "noise", "rent", "parking")
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
QUICK = Size(responses=1_000, homes=200, sets=40)

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
        for place, one in enumerate(chance.sample(TOPICS, 2)):
            yield {"response_id": number, "question": SEVERAL, "place": place, "option": one}


def figures(database: str, *, quick: bool) -> Figures:
    """Measure a year's figures on one database: packed, then with all answers of few homes, then with one change."""
    shown = Figures(f"A year's figures on {database} ({load()})")
    with store_on(database, safe=False) as store:
        size = QUICK if quick else FULL
        fill(store, size)
        _pack(store, shown)
        Path("/proc/self/clear_refs").write_text("5")  # the peak of memory is counted anew from here
        before = _peak_megabytes()
        _measure(store, shown, "", quick=quick)
        with store.writing() as session:
            session.execute(
                text("update responses set household_id = household_id % :few + 1"), {"few": min(FEW_HOMES, size.homes)}
            )
        _pack(store, shown)
        _measure(store, shown, ", few homes", quick=quick)
        with store.writing() as session:
            session.execute(text("update answers set option = option where response_id = 5"))
        _measure(store, shown, ", a change unpacked", quick=quick)
        used = _peak_megabytes() - before
    held = quick or used <= MEGABYTES_MAX
    shown.add("memory that it takes", "" if quick else f"≤ {MEGABYTES_MAX} MB", f"{used:.0f} MB", held=held)
    return shown


def _peak_megabytes() -> float:
    """Give the most memory that this process has held since the peak was last forgotten."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def _pack(store: Store, shown: Figures) -> None:
    begun = time.perf_counter()
    many = 0
    while packed := pack_waiting(store):  # as in `sayso serve`: a round leaves out what PostgreSQL's vacuum is at
        many += packed
    shown.add("packing, in the background", "", f"{time.perf_counter() - begun:.0f} s, {many} segments", held=True)


def _measure(store: Store, shown: Figures, how: str, *, quick: bool) -> None:
    with store.reading() as session:
        scope = scope_of(session, YEAR, Population.RENTED, direction())
    for what, ask in _asked(scope).items():
        with store.reading() as session:
            begun = time.perf_counter()
            ask(session)
            seconds = time.perf_counter() - begun
        asked = "" if quick else f"≤ {SECONDS_MAX:g} s"
        shown.add(what + how, asked, f"{seconds:.2f} s", held=quick or seconds <= SECONDS_MAX)


def _asked(scope: Scope) -> Mapping[str, Callable[[Session], object]]:
    rules, campaign = direction(), scope.campaigns[0]
    overall, area = Side("overall"), Side("area", is_fact=True)
    return {
        "the dashboard": dashboard,
        "all counts of the year": lambda session: counts_of(session, scope, rules),
        "measures by scheme": lambda session: split_by(session, scope, Split.SCHEME, rules),
        "measures by month": lambda session: split_by(session, scope, Split.MONTH, rules),
        "two questions crossed, what counts": lambda session: cross_counted(session, scope, overall, Side("safe_home")),
        "two questions crossed, all": lambda session: cross_counts(session, campaign, overall, Side("safe_home")),
        "several choices crossed, all": lambda session: cross_counts(session, campaign, Side(SEVERAL), overall),
        "a question by area, all": lambda session: cross_counts(session, campaign, area, overall),
        "a question by scheme in its area, all": lambda session: place_counts(session, campaign, overall),
        "every option of every question": lambda session: option_counts(session, campaign),
    }


def dashboard(session: Session) -> None:
    """Ask for all that the page shows."""
    of = asked(session, "Melton Borough Council", {"year": str(YEAR)})
    year_of(session, of)
    came_on(session, date(2026, 6, 1))
    not_heard(characteristics(session, of))


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
