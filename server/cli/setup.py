"""`sayso setup`: a machine made ready for Sayso, or a device for its kiosk."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from server.cli.serving import DEFAULT_PORT, PORT_MAX
from server.config import INSTALLED, load_settings, settings_in
from server.errors import OlderDatabaseError, RefusedError
from server.setup import places

if TYPE_CHECKING:
    from server.setup.places import Place

UNITS = click.option(
    "--units",
    type=click.Path(path_type=Path, file_okay=False),
    default=places.UNITS,
    show_default=True,
    help="Where the services are written.",
)


def _name_alone(ctx: click.Context, parameter: click.Parameter, host: str | None) -> str | None:
    """Give the site's name as nginx takes it."""
    if host is not None and not re.fullmatch(r"[A-Za-z0-9.-]+", host):
        raise click.BadParameter("give the name alone, as in sayso.example.org", ctx, parameter)
    return host


@click.group(name="setup", invoke_without_command=True)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=INSTALLED,
    show_default=True,
    help="Where settings, data and backups are kept.",
)
@click.option(
    "--user",
    help="Whom the data belongs to and who runs the site; as before, else 'sayso' for root and you for yourself.",
)
@click.option("--administrator", metavar="NAME", help="The first administrator's name to sign in with.")
@click.option("--password-file", type=click.File(), help="Their password; asked for unless given ('-' reads it).")
@click.option(
    "--https",
    "host",
    metavar="HOST",
    callback=_name_alone,
    help="The site's name, as in sayso.example.org: with TLS by nginx.",
)
@click.option("--port", type=click.IntRange(1024, PORT_MAX), help=f"The site's port; as before, else {DEFAULT_PORT}.")
@UNITS
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    user: str | None,
    administrator: str | None,
    password_file: TextIO | None,
    host: str | None,
    port: int | None,
    units: Path,
) -> None:
    """Set this machine up: the data folder, the first administrator, the services.

    What is there already is left as it is; only the services are written anew, for the user and port that they had
    unless others are given. Nothing is started.
    """
    if ctx.invoked_subcommand:
        return
    from server.setup import making  # noqa: PLC0415 (loaded only to set up)
    from server.setup.already import chosen  # noqa: PLC0415
    from server.setup.units import nginx  # noqa: PLC0415
    from server.setup.units import units as made_units  # noqa: PLC0415

    before = chosen(folder, units)
    place = places.place(folder, user or before.user)
    port = port or before.port or DEFAULT_PORT
    making.check(units)
    is_new = making.make(place, https=host is not None)
    settings = settings_in(place.settings)
    if host and not settings.https:
        click.echo(f"sayso: write 'https = true' into {place.settings} yourself: it was there already.", err=True)
    password = password_file.read().strip() if password_file else None
    _filled(place, administrator, password)
    making.write(units, made_units(place, settings, port))
    if host:
        making.write(place.folder, {"nginx.conf": nginx(host, port)})
    click.echo(f"{place.folder}: {'made' if is_new else 'was there already'}. The services are in {units}.")
    click.echo(_next(place, units, host, port))


@command.command()
@UNITS
def remove(units: Path) -> None:
    """Stop the services and remove them. What is kept is not touched."""
    from server.setup import units as services  # noqa: PLC0415

    gone = services.remove(units)
    if not gone:
        click.echo(f"There are no services of Sayso in {units}.")
        return
    click.echo(f"Removed: {', '.join(unit.name for unit in gone)}. Settings, data and backups are as they were.")


@command.command()
@click.argument("address")
@click.option("--key-file", type=click.File(), help="The kiosk's key; asked for unless given ('-' reads it).")
@click.option(
    "--screen",
    type=(click.IntRange(1), click.FloatRange(min=1)),
    metavar="PIXELS MM",
    help="The screen's width in pixels and in mm, so that sizes are true.",
)
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), default=Path("kiosk-device"), show_default=True)
def kiosk(address: str, key_file: TextIO | None, screen: tuple[int, float] | None, to: Path) -> None:
    """Write the files for a kiosk's own device, which asks the site at ADDRESS.

    The key comes from the page Settings, where an administrator adds the kiosk.
    """
    from server.setup import device, making  # noqa: PLC0415

    key = key_file.read() if key_file else click.prompt("The kiosk's key", hide_input=True)
    px_per_mm = screen[0] / screen[1] if screen else None
    files = device.files(address, key, px_per_mm=px_per_mm, assumed=load_settings().kiosk.px_per_mm)
    making.write(to, files, mode=0o600)
    click.echo(f"{to}: it holds the kiosk's key. Copy it to the device; there, as root: sh {device.INSTALLER}")


def _filled(place: "Place", administrator: str | None, password: str | None) -> None:
    """Make keys and database, and the first administrator where there is none, as the site's own user."""
    from server.accounts import officers  # noqa: PLC0415 (opens the database only when called)
    from server.cli.init import opened  # noqa: PLC0415
    from server.models.officers import Role  # noqa: PLC0415
    from server.queries.officers import officers_listed  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    settings = settings_in(place.settings)
    with places.acting_as(place.user):
        try:
            opened(settings)
        except OlderDatabaseError as error:
            raise RefusedError(
                f"{settings.data}: this is of an older Sayso. Do first what the administrator's guide has under "
                f'"A newer version": stop the services, then in {place.folder}: sudo -u {place.user} sayso migrate'
            ) from error
        store = Store(settings)
        with store.reading() as session:
            known = any(officer.role == Role.ADMINISTRATOR for officer in officers_listed(session))
        if not known:
            name: str = administrator or click.prompt("The first administrator signs in as")
            word: str = password or click.prompt("Password", hide_input=True, confirmation_prompt="Once more")
            officers.add(store, name, name, Role.ADMINISTRATOR, word, by=None)
        store.close()


def _next(place: "Place", units: Path, host: str | None, port: int) -> str:
    """Say what is typed next."""
    lines = ["Next:"]
    if units != places.UNITS:
        lines.append(f"  sudo cp {units}/sayso* {places.UNITS}/")
    lines.append("  sudo systemctl daemon-reload")
    lines.append("  sudo systemctl enable --now sayso.service sayso-backup.timer")
    if host:
        lines.append("  sudo apt-get install nginx-light")
        lines.append(f"  sudo ln -sf {place.folder}/nginx.conf /etc/nginx/sites-enabled/sayso")
        lines.append("  put the certificate into /etc/ssl/certs/sayso.pem, its key into /etc/ssl/private/sayso.key")
        lines.append("  sudo nginx -t && sudo systemctl reload nginx")
    address = f"https://{host}/" if host else f"http://127.0.0.1:{port}/"
    return "\n".join([*lines, f"Then sign in at {address}"])
