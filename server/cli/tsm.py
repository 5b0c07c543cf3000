"""`sayso tsm`: the regulator's measures. Its dataset verified, benchmarks made of it, our own return written."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.cli import Exit
from server.cli.tables import show, table
from server.config import load_settings
from server.errors import ServerError

if TYPE_CHECKING:
    from server.figures.counts import Counts
    from server.figures.directions import Population
    from server.figures.years import ReportingYear
    from server.reports.benchmarks import Benchmarks, Group
    from server.reports.regulator.landlords import Perception
    from server.reports.regulator.verifying import Disagreement, Verified

SHOWN_MAX = 200
"""Disagreements that are printed unless --all is given."""

WEIGHTS = ("tenure", "age_band", "area", "scheme", "property_type")
"""What is known of homes, by which answers can be weighted."""

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group(name="tsm")
def command() -> None:
    """Verify the regulator's dataset, make benchmarks of it, write our return."""


@command.command()
@FILE
@click.option("--all", "show_all", is_flag=True, help="Print every disagreement, however many there are.")
@click.pass_context
def verify(ctx: click.Context, file: Path, show_all: bool) -> None:
    """Work out the figures of the regulator's dataset FILE (XLSX, any year) anew; exit with 1 if one differs."""
    from server.figures.directions import direction  # noqa: PLC0415 (only to run it)
    from server.reports.regulator.verifying import verify as verified  # noqa: PLC0415

    results = [verified(one, direction()) for one in _tables(file)]
    _show_agreement(results)
    for result in results:
        for note in result.notes:
            click.echo(f"{result.homes}: {note}.")
    wrong = [(result, one) for result in results for one in result.disagreements]
    _show_disagreements(wrong if show_all else wrong[:SHOWN_MAX])
    if len(wrong) > SHOWN_MAX and not show_all:
        click.echo(f"{len(wrong) - SHOWN_MAX:,} more: print them with --all.")
    if not all(result.is_proved for result in results):
        ctx.exit(Exit.FAULT)


@command.command()
@FILE
@click.option("--landlord", help="Our name in the dataset; that of the settings unless given.")
@click.option("--year", help="The reporting year, as 2024-25, where the workbook does not say it.")
@click.option("--write", type=click.Path(path_type=Path), metavar="FILE", help="Also write them to a YAML file.")
def benchmarks(file: Path, landlord: str | None, year: str | None, write: Path | None) -> None:
    """Keep the quartiles of the regulator's dataset FILE (XLSX) for the pages of figures, and print them.

    Where there is no data folder they are only printed.
    """
    from server.reports.benchmarks import Origin, as_yaml, benchmarks_of, find_year  # noqa: PLC0415
    from server.reports.keeping import keep  # noqa: PLC0415 (loads the database library)
    from server.reports.regulator.landlords import Homes, rented  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    tables, settings = _tables(file), load_settings()
    of_rented = rented(tables)
    name = landlord or settings.who().landlord
    origin = Origin(year or find_year(of_rented), f"Regulator of Social Housing, {file.name}")
    every = [benchmarks_of(one, origin, name) for one in tables if one.homes != Homes.COMBINED]
    made = next(one for one in every if one.homes == of_rented.homes)
    if settings.data.is_dir():
        store = Store(settings)
        store.check_shape()
        keep(store, every)
        click.echo(f"Kept for the pages of figures: {' and '.join(one.homes for one in every)}.")
    if write is not None:
        write.write_text(as_yaml(made), encoding="utf-8")
    click.echo(f"{made.year}, {made.homes}. {made.source}")
    _show_benchmarks(made, name)


@command.command(name="return")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--year", help="The reporting year, as 2026-27; this one unless given.")
@click.option("--homes", type=click.Choice(["rented", "shared"]), default="rented", show_default=True)
@click.option("--weight", multiple=True, type=click.Choice(WEIGHTS), help="Weight the answers to all homes by this.")
def return_(out: Path, year: str | None, homes: str, weight: tuple[str, ...]) -> None:
    """Write the regulator's return to OUT (.xlsx or .csv): every field of its data dictionary, with our counts."""
    from server.figures.directions import Population, direction  # noqa: PLC0415
    from server.reports.returning import HEADINGS, filled, return_rows  # noqa: PLC0415
    from server.sheets import csv_bytes, xlsx_bytes  # noqa: PLC0415

    if out.suffix.casefold() not in {".xlsx", ".csv"}:
        raise click.UsageError(f"{out}: end the name in .xlsx or .csv.")
    asked_year = _year(year)
    counts = _counts(asked_year, Population(homes), weight)
    rows = return_rows(filled(counts, direction()))
    is_csv = out.suffix.casefold() == ".csv"
    content = csv_bytes(HEADINGS, rows) if is_csv else xlsx_bytes(HEADINGS, rows, f"{homes} {asked_year}")
    try:
        out.write_bytes(content)
    except OSError as error:
        raise ServerError(f"{out}: this file cannot be written ({error.strerror}). Choose another place.") from error
    to_do = sum(1 for row in rows if row[-1])
    written = f"{len(rows)} fields, {counts.answers:,} responses counted"
    click.echo(f"{out}: {written}; look at {to_do} of the fields before you send it.")


def _counts(year: "ReportingYear", homes: "Population", weights: Sequence[str]) -> "Counts":
    """Give a year's counts, weighted where that is asked for; `ServerError` when there is nothing to count."""
    from server.dashboard.asked import Asked  # noqa: PLC0415 (loads the database library)
    from server.dashboard.weighing import weighed_as_asked  # noqa: PLC0415
    from server.figures.directions import direction  # noqa: PLC0415
    from server.queries.counted import scope_of  # noqa: PLC0415
    from server.queries.measures import Split, counts_of  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    rules = direction()
    settings = load_settings()
    with Store(settings).reading() as session:
        scope = scope_of(session, year, homes, rules)
        if not scope.campaigns:
            raise ServerError(f"no campaign of {year} asks the measures. Open one with a TSM form, or name --year.")
        counts = counts_of(session, scope, rules)
        weighed = weighed_as_asked(
            session, Asked(settings.who().landlord, scope, rules, (), tuple(map(Split, weights)))
        )
    if weighed is None:
        return counts
    if weighed.weighting is None:
        raise ServerError(f"there are no weights to use: {' '.join(weighed.raked.why_not)}")
    return replace(counts, weighting=weighed.weighting)


@command.command()
@click.argument("tenants", type=click.IntRange(min=1), required=False)
def sample(tenants: int | None) -> None:
    """Give the answers that a landlord of TENANTS tenants needs; of several sizes when none is named."""
    from server.figures.accuracy import TABLE_SIZES, sample_table  # noqa: PLC0415
    from server.figures.directions import direction  # noqa: PLC0415

    made = table("Tenants", "± points", "Answers needed")
    for size, points, needed in sample_table(direction().bands, [tenants] if tenants else TABLE_SIZES):
        made.add_row(f"{size:,}", f"{points:g}", f"{needed:,}")
    show(made)


def _year(name: str | None) -> "ReportingYear":
    from server.figures.years import ReportingYear  # noqa: PLC0415
    from server.web.words import today  # noqa: PLC0415

    if name is None:
        return ReportingYear.of(today())
    try:
        return ReportingYear.named(name)
    except ValueError as error:
        raise click.UsageError(f"--year {error}") from error


def _tables(file: Path) -> "tuple[Perception, ...]":
    from server.reports.regulator.landlords import perceptions  # noqa: PLC0415
    from server.reports.regulator.workbook import FILE_MB_MAX, read_sheets  # noqa: PLC0415

    try:
        with file.open("rb") as opened:
            content = opened.read((FILE_MB_MAX << 20) + 1)
    except OSError as error:
        raise ServerError(f"{file}: this file cannot be read ({error.strerror}). Check its name.") from error
    return perceptions(read_sheets(content))


def _show_agreement(results: "list[Verified]") -> None:
    made = table("Homes", "Landlords", "Compared", "Agree", "Of", "Not compared, because")
    for result in results:
        kinds = dict.fromkeys((*result.compared, *(kind for kind, _ in result.left_out)))
        for kind in kinds:
            why = ", ".join(f"{words} ({n:,})" for (of, words), n in result.left_out.items() if of == kind)
            agree, compared = result.agree.get(kind, 0), result.compared.get(kind, 0)
            made.add_row(result.homes, f"{result.landlords:,}", kind, f"{agree:,}", f"{compared:,}", why)
    show(made)


def _show_disagreements(wrong: "list[tuple[Verified, Disagreement]]") -> None:
    if not wrong:
        return
    made = table("Row", "Homes", "Landlord", "What", "Printed", "From counts", "Why")
    for result, one in wrong:
        cells = (f"{one.row:,}", result.homes, one.landlord, one.what, one.printed, one.calculated, one.reason)
        made.add_row(*cells)
    show(made)


def _show_benchmarks(made: "Benchmarks", name: str) -> None:
    if made.own is None:
        click.echo(f"“{name}” is not among its landlords: --landlord says the name as it is there.")
    for group in made.like_ours():
        _show_group(made, group)


def _show_group(made: "Benchmarks", group: "Group") -> None:
    heading = group.by if not group.name else f"{group.by}: {group.name}"
    shown = table(heading, "Landlords", "Lower quartile", "Median", "Upper quartile", "Ours", "Where we stand")
    for measure, of in group.measures.items():
        ours = made.own.measures.get(measure) if made.own else None
        stands = ("", "") if ours is None else (f"{ours:.1f}", of.quarter_of(ours))
        shown.add_row(measure, str(of.landlords), f"{of.low:.1f}", f"{of.median:.1f}", f"{of.high:.1f}", *stands)
    show(shown)
