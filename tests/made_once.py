"""What each application and each database of the tests would work out anew, worked out once in a process.

Nothing of Sayso is replaced. Werkzeug, Jinja, SQLAlchemy, ruamel.yaml and Alembic are handed what they made of the very
same input before: of a rule, the function that writes its addresses; of a template, its Python code; of a statement,
its SQL; of a form's YAML, its parts; of a new SQLite file, the database that the migrations make of it.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from types import CodeType
from typing import Any, Final

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

import server.store
from forms.loading.source import Source, read_source
from server.store import engine as engines
from server.store import migrating

STATEMENTS_MAX: Final = 5_000
"""More statements than all tests make."""

FORMS_MAX: Final = 64
"""The library's, and as many of a test's own: broken ones are made by the hundred and never asked for again."""


def remember(patch: pytest.MonkeyPatch) -> None:
    """Have what can be used again kept until the patch is undone."""
    patch.setattr(Rule, "_compile_builder", _compiled_once(Rule._compile_builder))
    patch.setitem(Flask.jinja_options, "bytecode_cache", Templates())
    patch.setattr(server.store, "made_engine", _alike(engines.made_engine))
    patch.setattr("forms.loading.read_source", _read_once(read_source))
    patch.setattr(migrating, "upgrade", _migrated_once(migrating.upgrade))


def _compiled_once(compiled: Callable[[Rule, bool], Any]) -> Callable[[Rule, bool], Any]:
    kept: dict[object, Any] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, rule.host, rule.subdomain, repr(rule.defaults), tuple(rule._trace), append_unknown)
        if key not in kept:
            kept[key] = compiled(rule, append_unknown)
        return kept[key]

    return builder


def _read_once(read: Callable[[bytes, str], Source]) -> Callable[[bytes, str], Source]:
    """Have a definition's YAML read once: it is checked each time, in a copy of its data."""
    kept = lru_cache(maxsize=FORMS_MAX)(read)

    def source(content: bytes, name: str) -> Source:
        known = kept(content, name)
        return replace(known, data=deepcopy(known.data))

    return source


def _migrated_once(upgrade: Callable[[Engine, str], None]) -> Callable[[Engine, str], None]:
    """Have the migrations make one new SQLite file after the other what they made of the first."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)

    def upgraded(engine: Engine, to: str = "head") -> None:
        if engine.dialect.name != "sqlite" or to not in ("head", migrating.newest()) or _tables(engine):
            upgrade(engine, to)
            return
        if not kept.execute("select count(*) from sqlite_master").fetchone()[0]:
            upgrade(engine, to)
            _copy(engine, lambda made: made.backup(kept))
        else:
            _copy(engine, kept.backup)

    return upgraded


def _tables(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("select count(*) from sqlite_master").scalar_one())


def _copy(engine: Engine, copy: Callable[[sqlite3.Connection], object]) -> None:
    with closing(engine.raw_connection()) as connection:
        assert isinstance(connection.driver_connection, sqlite3.Connection)
        copy(connection.driver_connection)


class Templates(BytecodeCache):
    """The code of templates, by their name, their text and how their white space is taken."""

    def __init__(self) -> None:
        self.kept: dict[object, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get(_told_by(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[_told_by(bucket)] = bucket.code


def _told_by(bucket: Bucket) -> object:
    how = bucket.environment
    return bucket.key, bucket.checksum, how.trim_blocks, how.lstrip_blocks, how.keep_trailing_newline


def _alike(made: Callable[[str], Engine]) -> Callable[[str], Engine]:
    """Have the engines of one kind share their dialect, which statements are known by, and the statements' SQL."""
    first: dict[str, Engine] = {}

    def engine(url: str) -> Engine:
        new = made(url)
        if known := first.get(new.name):
            new.dialect, new._compiled_cache = known.dialect, known._compiled_cache
            return new
        new._compiled_cache = LRUCache(STATEMENTS_MAX)

        def connected(*_: object) -> None:
            first.setdefault(new.name, new)  # by now its dialect knows all it asks a database for

        event.listen(new, "connect", connected)
        return new

    return engine
