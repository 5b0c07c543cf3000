"""No page reads the whole of a table that grows: every question that pages ask is explained by the database itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Engine, event

from server.app import create_app
from server.store import Store
from tests.bench.full_rows import SMALL
from tests.bench.full_store import fill
from tests.bench.visiting import as_administrator, pages, token, visit
from tests.server.conftest import PASSWORD

LARGE: Final = (
    "alerts", "answers", "audit_events", "contact_details", "copies", "equality_answers", "household_contacts",
    "households", "invitations", "pages", "readings", "responses",
)  # fmt: skip
"""The tables that grow with every campaign."""

COUNTED: Final[Mapping[str, str]] = {
    "WHERE households.is_here = 1 GROUP BY": "a count of all homes by what they are is a reading of all homes",
    "households.property_type \nFROM households ORDER BY": "all homes are read to say who of them is heard",
    "households.is_here IS NOT": "nearly all homes are here, or the page counts those that are not",
    "upper(replace(CAST(JSON_EXTRACT(contact_details.details": "a person is found by any part of a postcode",
    "lower(CAST(JSON_EXTRACT(contact_details.details": "e-mail addresses of answers stand among other details",
    "contact_details.name_folded LIKE '%'": "a person is found by any part of a name",
}
"""Part of a statement → why it may read a whole table. Only those have contact details who wished to be reached."""

SCAN = re.compile(r"^SCAN (\w+)(?! USING (COVERING )?INDEX)")


def asked(store: Store) -> Iterator[tuple[str, Any, str]]:
    """Visit every page; give each statement once with its values, and the page that asked it first."""
    app = create_app(store.settings, store)
    client = as_administrator(app, store, PASSWORD)
    csrf, seen = token(client), set[str]()
    heard = list[tuple[str, Any]]()

    def hear(_: object, __: object, statement: str, values: Any, *___: object) -> None:
        heard.append((statement, values))

    for page in list(pages(app, store)):
        heard.clear()
        event.listen(store.engine, "before_cursor_execute", hear)
        assert visit(client, page, csrf) < 400, page
        event.remove(store.engine, "before_cursor_execute", hear)
        for statement, values in [*heard]:
            if statement.startswith(("SELECT", "WITH")) and statement not in seen:
                seen.add(statement)
                yield statement, values, page.words


def scanned(engine: Engine, statement: str, values: Any) -> set[str]:
    """Give the large tables that SQLite would read as a whole for a statement, without an index."""
    with engine.connect() as connection:
        steps = [step.detail for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    if "LIMIT" in statement and "WHERE" not in statement and not any("TEMP B-TREE" in step for step in steps):
        return set()  # it walks along the table in its own order, and stops
    names = {alias: name for name, alias in re.findall(r"\b(\w+) AS (\w+)\b", statement)}
    found = {str(match[1]) for step in steps if (match := SCAN.match(step))}
    return {names.get(name, name) for name in found} & set(LARGE)


def test_no_page_reads_the_whole_of_a_table_that_grows(store: Store) -> None:
    fill(store, SMALL)
    found, excepted = set[str](), set[str]()
    for statement, values, page in asked(store):
        if tables := scanned(store.engine, statement, values):
            parts = {part for part in COUNTED if part in statement}
            excepted |= parts
            found |= set() if parts else {f"{page}: {', '.join(tables)} by {statement}"}
    assert not found, "\n\n".join(sorted(found))
    assert excepted == set(COUNTED), "an exception that nothing needs any more"


def test_a_question_without_an_index_would_be_found(store: Store) -> None:
    whole = "SELECT answers.response_id FROM answers WHERE answers.written = ?"
    indexed = "SELECT answers.response_id FROM answers WHERE answers.question = ?"
    other_name = "SELECT one.response_id FROM answers AS one WHERE one.written = ?"
    assert [scanned(store.engine, one, ("a",)) for one in (whole, indexed, other_name)] == [
        {"answers"},
        set(),
        {"answers"},
    ]
