"""The named points between the writes of intake: in a process of the tests, each calls whoever wants to stop there."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from server.store import Store

WRITES = ("insert", "update", "delete")
WATCHED: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "link"),
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "mkdir"),
)
"""What puts files on the disk, gives them their names and takes these away."""

_as_it_was = [(where, name, getattr(where, name)) for where, name in WATCHED]


def watch(store: Store, at: Callable[[str], None]) -> None:
    """Have every write of this process tell of itself, before and after: files, names of files, rows, commits."""
    _watch_files(at)
    event.listen(store.engine, "before_cursor_execute", lambda *given: _statement("before", given[2], at))
    event.listen(store.engine, "after_cursor_execute", lambda *given: _statement("after", given[2], at))
    event.listen(store.engine, "commit", lambda _: at("before commit"))
    event.listen(store.engine, "checkin", lambda *_: at("after commit"))


def _watch_files(at: Callable[[str], None]) -> None:
    for where, name, do in _as_it_was:
        setattr(where, name, _told(f"{where.__name__}.{name}", do, at))


def restored() -> None:
    """Have files written as ever, in a process that lives on."""
    for where, name, do in _as_it_was:
        setattr(where, name, do)


def _told(name: str, do: Callable[..., Any], at: Callable[[str], None]) -> Callable[..., Any]:
    def telling(*given: Any, **more: Any) -> Any:
        at(f"before {name}")
        result = do(*given, **more)
        at(f"after {name}")
        return result

    return telling


def _statement(when: str, statement: str, at: Callable[[str], None]) -> None:
    words = statement.split()
    if words and words[0].lower() in WRITES:
        table = words[1] if words[0].lower() == "update" else words[2]
        at(f"{when} {words[0].lower()} {table}")
