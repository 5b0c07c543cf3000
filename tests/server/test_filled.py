"""The store that other tests fill has rows everywhere."""

from server.store import Store
from tests.server.filled import ROWS, fill, rows_by_table


def test_filling_leaves_no_table_empty(any_store: Store) -> None:
    fill(any_store)
    expected = dict.fromkeys(rows_by_table(any_store), ROWS) | {"audit_head": 1}
    assert rows_by_table(any_store) == expected
