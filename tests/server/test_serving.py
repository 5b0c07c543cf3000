"""Where a request comes from: a proxy is believed only behind TLS, and only on this machine; what is ready before."""

import errno
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from waitress.server import create_server

from server.alerting.phrasebook import LANGUAGES, phrasebook
from server.cli import serving
from server.cli.serving import proxied
from server.errors import RefusedError
from server.store import Store

WORKERS = (
    "server.runs.worker.working",
    "server.speech.worker.working",
    "server.packing.alongside.packing",
    "server.intake.alongside.worker_alongside",
    "server.sittings.janitor.wiping",
)


@contextmanager
def _telling(ended: Callable[[], None]) -> Iterator[None]:
    yield
    ended()


def address_seen(https: bool, peer: str) -> str:
    """Give whom the application takes for the sender of a request that a peer passed on."""

    def application(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        del start
        return [environ["REMOTE_ADDR"].encode()]

    server = create_server(application, host="127.0.0.1", port=0, **proxied(https))
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": "6.6.6.6, 10.1.2.3", "wsgi.url_scheme": "http"}
    try:
        return b"".join(server.application(environ, lambda *_: None)).decode()
    finally:
        server.close()


@pytest.mark.parametrize(
    ("https", "peer", "address"),
    [(True, "127.0.0.1", "10.1.2.3"), (True, "10.9.9.9", "10.9.9.9"), (False, "127.0.0.1", "127.0.0.1")],
)
def test_the_last_address_that_a_proxy_of_this_machine_saw_counts(https: bool, peer: str, address: str) -> None:
    assert address_seen(https, peer) == address


def test_the_phrases_of_dangers_are_read_before_anybody_can_send(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for worker in WORKERS:
        monkeypatch.setattr(worker, lambda *_: nullcontext())
    monkeypatch.setattr(serving, "load_settings", lambda: store.settings)
    languages_read: list[int] = []
    server = SimpleNamespace(run=lambda: languages_read.append(phrasebook.cache_info().currsize))
    monkeypatch.setattr(serving, "listening", lambda *_, **__: server)
    phrasebook.cache_clear()
    CliRunner().invoke(serving.command, [], catch_exceptions=False)
    assert languages_read == [len(LANGUAGES)]


def test_all_that_works_beside_the_site_is_told_to_end_before_one_is_waited_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each second that a service takes to end may be one without power."""
    ended: list[str] = []
    for worker in WORKERS:
        monkeypatch.setattr(worker, lambda *_, worker=worker: _telling(lambda: ended.append(worker)))
    monkeypatch.setattr(serving, "load_settings", lambda: store.settings)
    monkeypatch.setattr(serving, "listening", lambda *_, **__: SimpleNamespace(run=lambda: None))
    CliRunner().invoke(serving.command, [], catch_exceptions=False)
    assert set(ended) == set(WORKERS)
    assert ended[-1] == "server.intake.alongside.worker_alongside"


def test_a_port_that_is_taken_is_told_before_anything_is_started(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for worker in WORKERS:
        monkeypatch.setattr(worker, lambda *_: pytest.fail("a worker was started"))
    monkeypatch.setattr(serving, "load_settings", lambda: store.settings)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RefusedError, match=f"port {port} is taken.*ss -ltnp"):
            CliRunner().invoke(serving.command, ["--port", str(port)], catch_exceptions=False)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "no"), "port 80 is for root alone. Choose one from 1024 on"),
        (OSError(errno.EADDRNOTAVAIL, "no"), "10.9.9.9 is no address of this machine"),
    ],
)
def test_a_port_that_cannot_be_had_says_which_can(error: OSError, words: str) -> None:
    assert words in serving.why_not(error, "10.9.9.9", 80)
