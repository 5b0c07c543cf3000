"""`sayso restore`: a backup put in the place of what is there, or into a new data folder."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.config import load_settings

if TYPE_CHECKING:
    from server.backup.manifest import Manifest
    from server.backup.restoring import Restored


@click.command(name="restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask before what is there is replaced.")
@click.option(
    "--erasures",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The journal erasures.jsonl of the lost data folder: whoever was erased since the backup stays erased.",
)
def command(file: Path, yes: bool, erasures: Path | None) -> None:
    """Put the backup FILE in the place of what is there, or into a new data folder.

    All of it is checked before anything is changed. What is there is backed up first. People who were erased since
    the backup are erased again. Everybody signs in again afterwards; restart the server then.
    """
    from server.backup import restoring  # noqa: PLC0415 (loads the database library)
    from server.cli.init import opened  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    settings = load_settings()
    manifest = restoring.looked_at(file)
    click.echo(_described(manifest))
    opened(settings)
    store = Store(settings)
    if not yes and not restoring.is_empty(store):
        click.confirm(f"Replace everything in {settings.data.resolve()} by it?", abort=True, err=True)
    restored = restoring.restore(store, file, copied_journal=erasures)
    _report(restored)


def _described(manifest: "Manifest") -> str:
    from server.web.words import many  # noqa: PLC0415

    responses = manifest.tables["responses"].rows if "responses" in manifest.tables else 0
    return (
        f"A backup of {manifest.made_at:%-d %B %Y, %H:%M} UTC: {many(responses, 'response')}, "
        f"{many(manifest.rows(), 'row')}, {many(len(manifest.files), 'file')}."
    )


def _report(restored: "Restored") -> None:
    from server.web.words import many  # noqa: PLC0415

    if restored.safety:
        click.echo(
            f"What was there before is in {restored.safety}. It holds personal data: delete it once all is well."
        )
    if restored.erased:
        click.echo(f"Everybody on record as erased was erased again ({many(restored.erased, 'erasure')}).")
    if missing := len(restored.manifest.missing):
        click.echo(f"sayso: {many(missing, 'file')} could not be read when the backup was made.", err=True)
    for fault in restored.faults:
        click.echo(f"sayso: the audit log was not whole when the backup was made: {fault}", err=True)
    click.echo("Restored. Restart the server if it runs; everybody signs in again. Then run: sayso retention")
