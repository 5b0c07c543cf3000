"""`sayso backup`: everything that is kept, in one file, while the server runs."""

from pathlib import Path

import click

from server.cli import Exit
from server.config import load_settings


@click.command(name="backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Write over a file that is there.")
@click.option(
    "--keep", type=click.IntRange(1), metavar="N", help="FILE is a folder: name the backup by date, keep the newest N."
)
@click.pass_context
def command(ctx: click.Context, file: Path, replace: bool, keep: int | None) -> None:
    """Write everything that is kept to FILE.

    It holds the database, the files and the keys of one moment, and may be made while the server runs. It holds
    personal data: keep it as safe as the server itself.
    """
    from server.backup import making, rotation  # noqa: PLC0415 (loads the database library)
    from server.store import Store  # noqa: PLC0415
    from server.trail.chain import Detail  # noqa: PLC0415
    from server.trail.recording import note  # noqa: PLC0415
    from server.web.words import many  # noqa: PLC0415

    store = Store(load_settings())
    store.check_shape()
    made = making.make(store, rotation.next_path(file) if keep else file, replace=replace)
    manifest = made.manifest
    with store.writing() as session:
        detail: Detail = {
            "made_at": manifest.made_at.isoformat(),
            "rows": manifest.rows(),
            "files": len(manifest.files),
        }
        note(store, session, "backup made", "installation", detail=detail)
    click.echo(
        f"{made.path}: {many(manifest.rows(), 'row')} and {many(len(manifest.files), 'file')}, "
        f"{made.size_bytes / 1e6:,.1f} MB. It holds personal data: keep it safe."
    )
    if keep and (gone := rotation.let_go(file, keep)):
        click.echo(f"{many(gone, 'older backup')} removed; the newest {keep} are kept, and the newest whole one.")
    if manifest.missing:
        click.echo(
            f"sayso: {many(len(manifest.missing), 'file')} that should be in the data folder cannot be read whole. "
            f"The first is {manifest.missing[0]}. An older backup may have it.",
            err=True,
        )
        ctx.exit(Exit.FAULT)
