"""A kiosk's site as a process of its own, and browsers that reach it over HTTP: for the benches of the kiosk."""

import logging
import os
import random
import re
import signal
import socket
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import urlencode

import waitress
from flask import Flask

from forms.definition import Form
from forms.kinds import Question
from server.cli.serving import THREADS
from server.store import Store
from tests.server.filling import TSM
from tests.server.sittings.visitor import Place, Visitor, a_place

PATIENCE_S: Final = 120
BACKLOG: Final = 256
FIELD: Final = re.compile(r'<(?:input|textarea)(?: type="(?:radio|checkbox|text)")?[^>]* name="(\w+)[".](?<!turn")')


def places(store: Store, count: int) -> list[Place]:
    """Give so many kiosks, each at a site of its own, at which the TSM survey can be answered."""
    return [a_place(store, TSM, name=f"Site {number}") for number in range(count)]


def listening() -> socket.socket:
    """Give a socket that one server after the other answers: what came meanwhile waits in it."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", 0))
    made.listen(BACKLOG)
    return made


def serving(app: Flask, store: Store, door: socket.socket) -> int:
    """Have a process hold the site as `sayso serve` does; give its number.

    The application was made before, so that it answers at once: what it has open is opened anew.
    """
    process = os.fork()
    if process == 0:
        signal.alarm(PATIENCE_S * 10)
        with suppress(BaseException):
            store.engine.dispose(close=False)
            logging.getLogger("waitress.queue").setLevel(logging.ERROR)
            waitress.serve(app, sockets=[door], threads=THREADS, ident="sayso", connection_limit=1_000)
        os._exit(1)
    return process


def wait_for_answer(port: int) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with suppress(OSError, HTTPException):
            with closing(HttpClient(port)) as client:
                client.get("/kiosk/scale.css")
            return


@dataclass
class Answered:
    """What came back."""

    status_code: int
    words: str

    def get_data(self, *, as_text: bool) -> str:
        """Give the page."""
        del as_text
        return self.words


@dataclass
class HttpClient:
    """A browser: it keeps cookies and its connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None

    def get(self, path: str) -> Answered:
        """Load a page."""
        return self._ask("GET", path, {}, {})

    def post(self, path: str, data: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answered:
        """Send a form."""
        return self._ask("POST", path, data, headers or {})

    def _ask(self, method: str, path: str, data: Mapping[str, Any], headers: Mapping[str, str]) -> Answered:
        try:
            return self._asked(method, path, data, headers)
        except (OSError, HTTPException):
            self.close()
            raise

    def close(self) -> None:
        """End the connection; the next question opens another."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def _asked(self, method: str, path: str, data: Mapping[str, Any], headers: Mapping[str, str]) -> Answered:
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", **headers}
        self.connection.request(method, path, urlencode(data, doseq=True), sent)
        answer = self.connection.getresponse()
        words = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answered(answer.status, words)


def visitor_at(port: int, place: Place) -> Visitor:
    """Give somebody at the start screen of a kiosk."""
    visitor = Visitor(HttpClient(port))  # type: ignore[arg-type]
    visitor.client.post("/kiosk/set-up", data={"key": place.key})
    visitor.look()
    return visitor


def said_to(form: Form, question: Question, chance: random.Random) -> dict[str, Any]:
    """Give the fields of an answer that somebody might give; empty where they would skip."""
    choices = form.choices(question)
    if question.kind == "several_choices":
        return {question.id: [choices[0].id]}
    if choices:
        return {question.id: chance.choice(choices).id}
    if question.kind == "contact":
        return {f"{question.id}.name": f"Name {chance.randrange(10**6)}"}
    return {question.id: f"Words {chance.randrange(10**6)}"}


def question_on(visitor: Visitor, form: Form) -> Question | None:
    """Give the question on the screen, by the names of its fields."""
    found = FIELD.search(visitor.text)
    return form.question(found[1]) if found and visitor.kind == "question" else None
