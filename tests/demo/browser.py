"""A browser at the real site: it keeps cookies, sends forms with their token, and goes where it is sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

PATIENCE_S: Final = 120
TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
MISTAKE: Final = re.compile(r'class="(?:mistake|notice [a-z]+)[^>]*>(.*?)</', re.DOTALL)
STEPS_MAX: Final = 5

File = tuple[str, bytes]
"""A file's name and content."""


class DemoError(Exception):
    """Something in making the demo went otherwise than it must."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back in the end, and from which address."""

    status: int
    path: str
    content: bytes

    @property
    def text(self) -> str:
        """Give the page."""
        return self.content.decode()

    @property
    def number(self) -> int:
        """Give the number at the end of the address, such as a campaign's."""
        return int(self.path.rstrip("/").rpartition("/")[2])


@dataclass
class Browser:
    """Somebody's browser, at a port of this machine."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as an officer."""
        self.get("/sign-in")
        self.send("/sign-in", {"username": username, "password": password})
        self.get("/")

    def get(self, path: str) -> Answer:
        """Load a page."""
        return self._asked("GET", path, b"", "")

    def send(self, path: str, data: Mapping[str, Any], files: Mapping[str, list[File]] | None = None) -> Answer:
        """Send a form, with files; `DemoError` where it is refused."""
        boundary, body = encode_multipart(_parts({"csrf_token": self.token, **data}, files or {}))
        return self._asked("POST", path, body, f"multipart/form-data; boundary={boundary}")

    def _asked(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        for _ in range(STEPS_MAX):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            for line in answer.headers.get_all("Set-Cookie") or ():
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            if answer.status not in (301, 302, 303):
                return self._arrived(Answer(answer.status, path, content))
            there = urlsplit(answer.headers["Location"])
            method, path, body, kind = "GET", there.path + (f"?{there.query}" if there.query else ""), b"", ""
        raise DemoError(f"{path}: sent on and on")

    def _arrived(self, answer: Answer) -> Answer:
        if answer.status >= 400:
            said = [unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in MISTAKE.findall(answer.content.decode())]
            raise DemoError(f"{answer.path}: the site answered {answer.status}: {' '.join(said)}")
        if found := TOKEN.search(answer.content.decode(errors="replace")):
            self.token = found[1]
        return answer


def _parts(data: Mapping[str, Any], files: Mapping[str, list[File]]) -> Any:
    """Give fields and files as werkzeug encodes them."""
    parts = MultiDict[str, Any]()
    for name, value in data.items():
        for one in value if isinstance(value, (list, tuple)) else [value]:
            parts.add(name, str(one))
    for name, given in files.items():
        for file, content in given:
            parts.add(name, FileStorage(BytesIO(content), file, name))
    return parts
