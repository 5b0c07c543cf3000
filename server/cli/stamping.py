"""`sayso stamp`: somebody else's PDF in, the same with our marks and codes out."""

from pathlib import Path

import click

from forms.adopting import AdoptingError, Binding, binding_path, drafted, load_binding, loose_ends
from forms.definition import Form
from forms.loading import load_form, parse_form
from forms.stamping.printing import stamp
from server.adopting.taking_in import fillable_of
from server.cli import Exit
from server.cli.adopting import WritingError, definition_text
from server.cli.runs import index_beside, write_run, write_whole

COPIES_MAX = 2_000
"""In one run: it is made in a child whose memory and time are limited."""


@click.command("stamp")
@click.argument("file", type=click.Path(path_type=Path), metavar="THEIRS.pdf")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="OUT.pdf")
@click.option(
    "--adopted",
    type=click.Path(path_type=Path),
    metavar="FORM.yaml",
    help="As what 'sayso adopt' made, and you mended.",
)
@click.option(
    "--copies", type=click.IntRange(1, COPIES_MAX), metavar="N", help="Make a run of N numbered copies, with its index."
)
@click.option("--force", is_flag=True, help="Write over OUT.pdf.")
def command(file: Path, output: Path, adopted: Path | None, copies: int | None, force: bool) -> int:
    """Put our marks and codes on a copy of any PDF.

    Its returns are then recognised as reliably as our own: OUT.pdf is a form of ours. Print it, and read what comes
    back with 'sayso read OUT.pdf SCAN…'. Its pages are made a little smaller where that is needed to leave room for
    the marks. Numbered copies are put back together in whatever order their pages are scanned; OUT-index.csv lists
    their codes.
    """
    if output.exists() and not force:
        raise WritingError(f"{output}: is there already. Name another file, or say --force to write over it.")
    theirs = fillable_of(file)
    if adopted is None:
        draft = drafted(theirs.sheets, file.stem)
        form, binding = parse_form(definition_text(draft, file.name, "").encode(), file.name), draft.binding
    else:
        form, binding = _adopted(adopted)
        if not binding.is_of(theirs.content):
            raise click.UsageError(
                f"{file} is not the PDF that {adopted} was made of. Name that one, or adopt this one."
            )
    try:
        if copies is None:
            write_whole(output, stamp(theirs.content, form, binding).pdf)
            told = ""
        else:
            index = index_beside(output)
            write_run(
                range(1, copies + 1),
                output.resolve(),
                index,
                lambda codes, path, _: _write(path, stamp(theirs.content, form, binding, codes).pdf),
            )
            told = f", {copies} copies, index in {index}"
    except AdoptingError as error:
        raise AdoptingError(f"{file.name}: {error}") from None
    click.echo(f"{output}: {len(binding.fields)} fields{told}. Print it, then: sayso read {output} SCANS")
    return Exit.OK


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _adopted(path: Path) -> tuple[Form, Binding]:
    form, binding = load_form(path), load_binding(binding_path(path))
    ends = loose_ends(binding, form)
    if ends:
        raise click.UsageError(f"{binding_path(path)} does not fit {path}: {ends[0]} ({len(ends)} in all).")
    return form, binding
