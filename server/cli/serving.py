"""`sayso serve`: the officers' pages, on this machine or on its network."""

import errno
import logging
import signal
import socket
from typing import TYPE_CHECKING, Any

import click

from server.config import load_settings

if TYPE_CHECKING:
    from flask import Flask

DEFAULT_PORT = 8750
PORT_MAX = 65535

THREADS = 16
"""Requests answered at once; each waits for the database or the disk most of its time."""


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(1, PORT_MAX), default=DEFAULT_PORT, show_default=True)
def command(host: str, port: int) -> None:
    """Hold the site until it is stopped with Ctrl-C."""
    from server.alerting import phrasebook  # noqa: PLC0415 (loaded only to serve)
    from server.app import create_app  # noqa: PLC0415
    from server.intake.alongside import worker_alongside  # noqa: PLC0415
    from server.packing.alongside import packing  # noqa: PLC0415
    from server.runs import worker  # noqa: PLC0415
    from server.sittings import janitor  # noqa: PLC0415
    from server.speech.worker import working as speaking  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells that it looked
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells of every page
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it tells whenever two kiosks are touched at once
    settings = load_settings()
    store = Store(settings)
    app = create_app(settings, store)
    phrasebook.load_all()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: what is being answered is finished
    site = listening(app, host, port, https=settings.https)
    click.echo(f"Sayso is at http://{host}:{port}/ (stop it with Ctrl-C)")
    # The worker's end is waited for, so it is the last to end: all others have been told by then.
    with worker_alongside(), worker.working(store), speaking(store), packing(store), janitor.wiping(store):
        site.run()


def listening(app: "Flask", host: str, port: int, *, https: bool) -> Any:
    """Give the site, its port taken before anything else is started; `RefusedError` says why it cannot be had."""
    from waitress.server import create_server  # noqa: PLC0415

    from server.errors import RefusedError  # noqa: PLC0415

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()  # what waitress cannot take it leaves half open
    except OSError as error:
        raise RefusedError(why_not(error, host, port)) from error
    return create_server(app, host=host, port=port, threads=THREADS, ident="sayso", **proxied(https))


def why_not(error: OSError, host: str, port: int) -> str:
    """Say why a port cannot be had, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is taken: Sayso runs already, or another program does. See which with: ss -ltnp; "
            f"or choose another, as in: sayso serve --port {port % PORT_MAX + 1}"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} is for root alone. Choose one from 1024 on, with nginx before it for TLS."
    return f"{host} is no address of this machine. Give 127.0.0.1, or 0.0.0.0 to let other machines in."


def proxied(https: bool) -> dict[str, Any]:
    """Say whose word is taken for where a request comes from: whoever guesses at passwords is slowed down by it."""
    proxy = {
        "trusted_proxy": "127.0.0.1",  # TLS ends at a proxy on this machine, or all would share its address
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for"},
    }
    return {"clear_untrusted_proxy_headers": True, **(proxy if https else {})}
