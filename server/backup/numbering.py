"""The last number that each table gave to a row: a number is never given again, not after a restore either."""

from collections.abc import Mapping

from sqlalchemy import Connection, inspect, text

from server.backup.shapes import Shape


def last_numbers(connection: Connection, found: list[Shape]) -> dict[str, int]:
    """Give table → last number given, for the tables that number their rows and have begun to."""
    if connection.dialect.name == "sqlite":
        if not inspect(connection).has_table("sqlite_sequence"):
            return {}
        known = connection.execute(text("select name, seq from sqlite_sequence"))
        return {row.name: row.seq for row in known}
    numbers = {}
    for name, sequence in _sequences(connection, found).items():
        number = connection.scalar(text("select pg_sequence_last_value(cast(:name as regclass))"), {"name": sequence})
        if number is not None:
            numbers[name] = number
    return numbers


def raise_to(connection: Connection, found: list[Shape], numbers: Mapping[str, int]) -> None:
    """Have each table go on after at least this number; one that is further already stays there."""
    known = last_numbers(connection, found)
    ahead = {name: number for name, number in numbers.items() if number > known.get(name, 0)}
    if connection.dialect.name == "sqlite":
        for name, number in ahead.items():
            connection.execute(text("delete from sqlite_sequence where name = :name"), {"name": name})
            connection.execute(text("insert into sqlite_sequence values (:name, :n)"), {"name": name, "n": number})
        return
    sequences = _sequences(connection, found)
    for name, number in ahead.items():
        if name in sequences:
            connection.execute(
                text("select setval(cast(:name as regclass), :n)"), {"name": sequences[name], "n": number}
            )


def _sequences(connection: Connection, found: list[Shape]) -> dict[str, str]:
    """Give table → its sequence, on PostgreSQL."""
    asked = text("select pg_get_serial_sequence(quote_ident(:name), :column)")
    sequences = {}
    for shape in found:
        if len(shape.key) == 1 and (sequence := connection.scalar(asked, {"name": shape.name, "column": shape.key[0]})):
            sequences[shape.name] = sequence
    return sequences
