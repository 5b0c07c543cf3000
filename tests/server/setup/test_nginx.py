"""The settings that ship for nginx, tried with nginx itself: TLS, headers, whose address counts, large scans."""

import http.client
import io
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, request
from waitress.server import create_server

from server.app import UPLOAD_BYTES_MAX, create_app
from server.cli.serving import proxied
from server.config import Settings
from server.setup.units import nginx
from server.web import roles
from tests.server.conftest import made_store
from tests.server.setup.conftest import HOST

WHOLE = """daemon off; pid {folder}/pid; error_log stderr warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{site}
}}
"""
"""What Debian has around a site."""

START_SECONDS = 20.0


def free_port() -> int:
    with closing(socket.socket()) as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def asked_for(app: Flask) -> None:
    """Add a page that says where a request seems to come from, and how it was made."""

    def seen() -> str:
        return f"{request.remote_addr} {request.scheme} {request.host} {len(request.get_data())}"

    app.add_url_rule("/seen", view_func=app.extensions["csrf"].exempt(roles.public(seen)), methods=["GET", "PUT"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Give the ports of a site behind nginx: of TLS, and of the plain one."""
    folder = tmp_path_factory.mktemp("nginx")
    store = made_store(folder / "data", None)
    app = create_app(Settings(data=folder / "data", https=True), store)
    asked_for(app)
    server = create_server(app, host="127.0.0.1", port=0, **proxied(https=True))
    Thread(target=server.run, daemon=True).start()
    with before(server.effective_port, folder) as ports:
        yield ports
    server.close()
    store.close()


@contextmanager
def before(port: int, folder: Path) -> Iterator[tuple[int, int]]:
    """Have nginx, set as it ships, before a port of this machine; give its own ports, of TLS and the plain one."""
    secure, plain = free_port(), free_port()
    (folder / "nginx.conf").write_text(
        WHOLE.format(folder=folder, site=adapted(nginx(HOST, port), folder, secure, plain))
    )
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    assert program, "nginx is missing: see .ci/system-packages"
    with subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", "stderr"]) as process:
        try:
            wait_for(secure, process)
            yield secure, plain
        finally:
            process.terminate()


def adapted(text: str, folder: Path, secure: int, plain: int) -> str:
    """Give the settings with ports and a certificate of the tests' own; nothing else is changed."""
    self_signed = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    files = ("-keyout", str(folder / "key"), "-out", str(folder / "pem"), "-days", "2", "-subj", f"/CN={HOST}")
    named = ("-addext", f"subjectAltName=DNS:{HOST}")
    subprocess.run([*self_signed, *files, *named], check=True, capture_output=True)
    for before, after in (
        ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ", f"listen 127.0.0.1:{secure} "),
        ("/etc/ssl/certs/sayso.pem", str(folder / "pem")),
        ("/etc/ssl/private/sayso.key", str(folder / "key")),
    ):
        assert before in text
        text = text.replace(before, after)
    (folder / "ca").write_bytes((folder / "pem").read_bytes())
    CERTIFICATE[secure] = str(folder / "ca")
    return text


CERTIFICATE: dict[int, str] = {}
"""Of each port, whom its certificate is believed by."""


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with closing(socket.socket()) as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


def ask(port: int, path: str, *, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
    """Ask nginx over TLS, by the site's own name, whose certificate is checked."""
    context = ssl.create_default_context(cafile=CERTIFICATE[port])
    length = {"Content-Length": str(len(body))} if body is not None else {}
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    with (
        closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as plain,
        closing(context.wrap_socket(plain, server_hostname=HOST)) as secure,
    ):
        asked = http.client.HTTPConnection(HOST)
        asked.sock = secure
        method = "GET" if body is None else "PUT"
        asked.request(method, path, body and io.BytesIO(body), {"Host": HOST, **length, **given})
        answer = asked.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()


def test_the_sign_in_page_comes_over_tls_with_every_header(site: tuple[int, int]) -> None:
    status, headers, page = ask(site[0], "/sign-in")
    assert (status, "Sign in" in page) == (200, True)
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["set-cookie"].startswith("__Host-sayso=")
    assert "Secure" in headers["set-cookie"]
    assert not any(character.isdigit() for character in headers["server"])


def test_whoever_comes_without_tls_is_led_to_it(site: tuple[int, int]) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", site[1], timeout=20)
    asked.request("GET", "/kiosk/?a=b", headers={"Host": HOST})
    answer = asked.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{HOST}/kiosk/?a=b")
    asked.close()


def test_what_a_browser_says_of_its_own_address_is_thrown_away(site: tuple[int, int]) -> None:
    _, _, seen = ask(
        site[0], "/seen", X_Forwarded_For="6.6.6.6", X_Forwarded_Host="evil.example", Forwarded="for=6.6.6.6"
    )
    assert seen.split()[0] == "127.0.0.1"
    assert seen.split()[2] == HOST


def test_scans_of_many_megabytes_pass_and_what_is_far_too_large_is_refused(site: tuple[int, int]) -> None:
    large = UPLOAD_BYTES_MAX - (1 << 20)
    assert ask(site[0], "/seen", body=b"x" * large)[2].split()[3] == str(large)
    status, _, page = ask(site[0], "/seen", body=b"x" * (UPLOAD_BYTES_MAX + 1))
    assert (status, "too large" in page) == (413, True)  # Sayso's own page, not nginx's


def test_what_nginx_itself_refuses_as_too_large_says_where_else_it_can_go(site: tuple[int, int]) -> None:
    status, headers, page = ask(site[0], "/seen", Content_Length=str(900 << 20))  # and no byte of it is waited for
    assert (status, headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert "scanner’s folder" in page


def test_while_the_site_starts_its_page_asks_anew_by_itself(tmp_path: Path) -> None:
    with before(free_port(), tmp_path) as (secure, _):
        status, headers, page = ask(secure, "/kiosk/set-up")
    assert (status, headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert '<meta http-equiv="refresh" content="5">' in page


def test_the_kiosk_comes_through_with_its_look(site: tuple[int, int]) -> None:
    status, headers, page = ask(site[0], "/kiosk/set-up")
    assert status == 200
    assert "kiosk.css" in page
    assert headers["x-content-type-options"] == "nosniff"
    sheet = re.search(r'href="([^"]*kiosk\.css[^"]*)"', page)
    assert sheet
    assert ask(site[0], sheet[1])[0] == 200
