"""`sayso serve`: the officers' pages, on this machine or on its network."""

import logging

import click

from server.config import load_settings

THREADS = 16
"""Requests answered at once; each waits for the database or the disk most of its time."""


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(1, 65535), default=8750, show_default=True)
def command(host: str, port: int) -> None:
    """Hold the site until it is stopped with Ctrl-C."""
    import waitress  # noqa: PLC0415 (loaded only to serve)

    from server.app import create_app  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = create_app(load_settings())
    click.echo(f"Sayso is at http://{host}:{port}/ (stop it with Ctrl-C)")
    waitress.serve(app, host=host, port=port, threads=THREADS, ident="sayso", clear_untrusted_proxy_headers=True)
