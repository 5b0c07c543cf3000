"""`sayso kiosk`: the kiosk at full size on this machine."""

import click

from server.cli.serving import DEFAULT_PORT
from server.config import load_settings


@click.command(name="kiosk")
@click.option("--site", "site_name", help="Where it stands; needed only where there are several sites, or none yet.")
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True)
@click.option("--print-address", is_flag=True, help="Open no browser: print the address that sets one up.")
def command(site_name: str | None, port: int, print_address: bool) -> None:
    """Show the kiosk at full size until its browser is closed.

    It gets a new key each time, which its browser forgets in the end. Where nothing answers at the port, "sayso serve"
    is started alongside, and ends with it.
    """
    from server.installation.handing_out import kiosk_at  # noqa: PLC0415 (opens the database only when called)
    from server.sittings import full_size  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    store = Store(load_settings())
    store.check_shape()
    kiosk = kiosk_at(store, site_name)
    store.close()
    address = full_size.address(port, kiosk.key)
    if print_address:
        click.echo(address)
        return
    browser = full_size.browser()
    click.echo(f"{kiosk.name} opens in {browser.name}. Close it with Alt+F4.")
    with full_size.served(port):
        full_size.show(browser, address)
