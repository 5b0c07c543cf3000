"""Where a request comes from: a proxy is believed only behind TLS, and only one on this machine."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from waitress.server import create_server

from server.cli.serving import proxied


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
