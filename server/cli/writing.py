"""`sayso writing`: how good the drafts of handwriting were, by what officers decided; and those as data to train on."""

from pathlib import Path

import click

from server.cli import Exit
from server.cli.tables import show, table
from server.config import load_settings


@click.group(name="writing")
def command() -> None:
    """Measure how well handwriting is read, by what officers decided."""


@command.command()
def evaluate() -> int:
    """Show how often drafts were right, by kind: what officers decided counts as right."""
    from server.queries.writing import checked_drafts  # noqa: PLC0415 (loads the database)
    from server.returns.evaluating import evaluated  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    store = Store(load_settings())
    store.check_shape()
    with store.reading() as session:
        found = evaluated(checked_drafts(session))
    shown = table("Read by", "Places", "Right", "Sure", "Sure and wrong", "Characters", "Character errors")
    for by, one in found.items():
        rate = f"{one.errors / one.characters:.1%}" if one.characters else ""
        shown.add_row(str(by), *map(str, (one.places, one.right, one.sure, one.sure_and_wrong, one.characters)), rate)
    show(shown)
    return Exit.OK


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> int:
    """Write the characters that officers checked to FILE (.npz), for the training script.

    They are people's handwriting, without names: keep the file as you keep their forms.
    """
    import numpy as np  # noqa: PLC0415

    from server.queries.writing import checked_drafts  # noqa: PLC0415
    from server.returns.evaluating import labelled  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    store = Store(load_settings())
    store.check_shape()
    with store.reading() as session:
        found = labelled(checked_drafts(session))
    writers = np.full(len(found.classes), "corrected")
    with file.open("wb") as out:
        np.savez_compressed(out, pictures=found.pictures, classes=found.classes, writers=writers)
    click.echo(f"{file}: {len(found.classes)} characters.")
    return Exit.OK
