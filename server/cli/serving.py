"""`sayso serve`: the officers' pages, on this machine or on its network."""

import logging
from typing import Any

import click

from server.config import load_settings

DEFAULT_PORT = 8750

THREADS = 16
"""Requests answered at once; each waits for the database or the disk most of its time."""


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True)
def command(host: str, port: int) -> None:
    """Hold the site until it is stopped with Ctrl-C."""
    import waitress  # noqa: PLC0415 (loaded only to serve)

    from server.alerting import phrasebook  # noqa: PLC0415
    from server.app import create_app  # noqa: PLC0415
    from server.intake.alongside import worker_alongside  # noqa: PLC0415
    from server.packing.alongside import packing  # noqa: PLC0415
    from server.runs import worker  # noqa: PLC0415
    from server.sittings import janitor  # noqa: PLC0415
    from server.speech.worker import working as speaking  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells of every page
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it tells whenever two kiosks are touched at once
    settings = load_settings()
    store = Store(settings)
    app = create_app(settings, store)
    phrasebook.load_all()
    click.echo(f"Sayso is at http://{host}:{port}/ (stop it with Ctrl-C)")
    with worker.working(store), speaking(store), packing(store), janitor.wiping(store), worker_alongside():
        waitress.serve(app, host=host, port=port, threads=THREADS, ident="sayso", **proxied(settings.https))


def proxied(https: bool) -> dict[str, Any]:
    """Say whose word is taken for where a request comes from: whoever guesses at passwords is slowed down by it."""
    proxy = {
        "trusted_proxy": "127.0.0.1",  # TLS ends at a proxy on this machine, or all would share its address
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for"},
    }
    return {"clear_untrusted_proxy_headers": True, **(proxy if https else {})}
