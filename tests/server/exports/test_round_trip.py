"""Exports read back by other programs: everything is as it was kept, in every kind of file."""

import json
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas
import pyreadstat
import pytest

from forms.definition import Form
from forms.loading import parse_form
from server.exports.columns import Holds, What, columns_of
from server.exports.making import Asked, export
from server.models.campaigns import Campaign
from server.responses.saving import save_response
from server.results.wording import Worded
from server.store import Store
from tests.server.filling import incoming, new_campaign

ODD = b"""
form: odd
version: "1"
title: Odd answers
languages: {en: final}
introduction: Hello.
closing: Thank you. To complain, call {complaints_phone}.
scales:
  liking: {points: {great: Great, good: Good, fair: Fair, poor: Poor, bad: "-Bad"}, not_applicable: Not used}
sections:
  - id: things
    questions:
      - {id: liked, kind: scale, scale: liking, not_applicable: true, ask: "How is it?"}
      - {id: by, kind: yes_no, ask: "Did you go by bus?"}
      - {id: picks, kind: several_choices, ask: "Which?", choices: {one: One, two: Two, three: "=Three"}}
      - {id: times, kind: number, maximum: 99, ask: "How many times?"}
      - {id: last_day, kind: date, ask: "When?"}
      - {id: code, kind: code, pattern: uk_postcode, ask: "Where?"}
      - {id: words, kind: comment, ask: "What else?"}
      - {id: agreed, kind: consent, ask: "You may print this."}
      - {id: reach, kind: contact, ask: "How can we reach you?"}
  - id: apart
    detachable: true
    questions:
      - {id: age, kind: yes_no, ask: "Are you over 60?"}
"""

SAID: tuple[Mapping[str, object], ...] = (
    {"liked": "great", "by": "yes", "picks": ["one", "three"], "times": "7", "last_day": "2026-11-02", "age": "yes"},
    {"liked": "bad", "words": '=HYPERLINK("http://x","y")', "code": "LE13 1AA", "agreed": "given"},
    {
        "words": "'quoted', and \"more\"\nin two lines; ż 😀",
        "times": "0",
        "reach": {"name": "Ada", "phone": "01664 502502"},
    },
    {"liked": "not_applicable", "words": "-5"},
    {"words": "+44"},
    {"words": "@home\ttab"},
    {"words": "NA"},
    {"words": "007"},
    {"liked": "good", "words": "x" * 1900},
)
ALL = frozenset(What)


def odd_form() -> Form:
    return parse_form(ODD, "odd.yaml")


@pytest.fixture
def campaign(store: Store) -> Campaign:
    campaign = new_campaign(store, form=odd_form())
    for said in SAID:
        save_response(store, incoming(campaign, said, form=odd_form()))
    return campaign


def exported(store: Store, campaign: Campaign, suffix: str, what: frozenset[What] = ALL) -> bytes:
    out = BytesIO()
    export(store, Asked(campaign.id, suffix, what), out, today=date(2026, 11, 26), by=None)
    return out.getvalue()


@pytest.fixture
def kept(store: Store, campaign: Campaign) -> list[dict[str, Any]]:
    """Give the rows as JSON has them, which are compared with what was said first of all."""
    rows = [json.loads(line) for line in exported(store, campaign, ".jsonl").decode().splitlines()]
    said = sorted(str(one.get("words")) for one in SAID)
    assert sorted(str(row["words"]) for row in rows) == said
    return rows


def columns() -> tuple[Any, ...]:
    return columns_of(Worded(odd_form(), {"complaints_phone": "1"}), ALL)


def in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    codes = {one.name: one.codes for one in columns()}
    return {name: codes[name].get(value, value) for name, value in row.items()}


def test_json_has_ids_ticks_numbers_and_days(kept: list[dict[str, Any]]) -> None:
    (first,) = [row for row in kept if row["times"] == 7]
    assert (first["liked"], first["by_"], first["last_day"], first["received_on"]) == (
        "great", "yes", "2026-11-02", "2026-11-25",
    )  # fmt: skip
    assert (first["picks__one"], first["picks__two"], first["picks__three"]) == (1, 0, 1)
    assert {row["picks__two"] for row in kept} == {0, None}


def test_pandas_reads_the_csv_as_it_was_kept(store: Store, campaign: Campaign, kept: list[dict[str, Any]]) -> None:
    content = exported(store, campaign, ".csv")
    table = pandas.read_csv(BytesIO(content), encoding="utf-8-sig", dtype=str, keep_default_na=False)
    back = [{name: cell.removeprefix("'") for name, cell in row.items()} for row in table.to_dict("records")]
    assert back == [{n: "" if v is None else str(v) for n, v in in_words(row).items()} for row in kept]
    assert not [cell for row in table.to_dict("records") for cell in row.values() if cell[:1] in tuple("=+-@\t")]


def test_pandas_reads_the_workbook_as_it_was_kept(store: Store, campaign: Campaign, kept: list[dict[str, Any]]) -> None:
    sheets = pandas.read_excel(
        BytesIO(exported(store, campaign, ".xlsx")), sheet_name=None, engine="calamine", keep_default_na=False
    )
    assert list(sheets) == ["About", "Answers", "Columns"]
    names = {one.name: one.holds for one in columns()}
    for row, was in zip(sheets["Answers"].to_dict("records"), map(in_words, kept), strict=True):
        for name, holds in names.items():
            wanted: Any = was[name] if was[name] is not None else ""
            if holds is Holds.DAY and wanted:
                wanted = pandas.Timestamp(wanted)
            assert row[name] == wanted, name


def test_pyreadstat_reads_the_spss_file_as_it_was_kept(
    store: Store, campaign: Campaign, kept: list[dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "x.sav"
    path.write_bytes(exported(store, campaign, ".sav"))
    back, meta = pyreadstat.read_sav(str(path), output_format="dict")
    for one in columns():
        for read, was in zip(back[one.name], [row[one.name] for row in kept], strict=True):
            if one.holds is Holds.CHOICE:
                wanted: Any = None if was is None else float(one.number(was))
            elif one.holds is Holds.WORDS:
                wanted = was or ""
            else:
                wanted = was
            shown = read.isoformat() if isinstance(read, date) else read
            assert shown == wanted or (wanted is None and pandas.isna(read)), one.name
    assert meta.variable_value_labels["liked"] == dict(
        enumerate(("Great", "Good", "Fair", "Poor", "-Bad", "Not used"), 1)
    )
    assert meta.column_names_to_labels["picks__two"] == "Which? Two"


def test_nothing_in_any_file_tells_who_somebody_is_unless_it_is_asked_for(store: Store, campaign: Campaign) -> None:
    plain = exported(store, campaign, ".jsonl", frozenset())
    whole = exported(store, campaign, ".jsonl")
    for secret in (b"Ada", b"01664", b"R2", b'"age"'):
        assert secret not in whole
    assert b"LE13" not in plain
    assert b"HYPERLINK" not in plain
    assert b"scheme" not in plain


def test_rows_come_in_an_order_that_tells_nothing_and_is_always_the_same(store: Store, campaign: Campaign) -> None:
    assert exported(store, campaign, ".jsonl") == exported(store, campaign, ".jsonl")
    uids = [f"{number:08d}-0000-4000-8000-000000000000" for number in (9, 3, 7)]
    other = new_campaign(store, "Other", odd_form())
    for uid in uids:
        save_response(store, incoming(other, {"times": uid[7]}, uid=uid, form=odd_form()))
    rows = [json.loads(line)["times"] for line in exported(store, other, ".jsonl").splitlines()]
    assert rows == [3, 7, 9]


def test_a_file_of_no_responses_has_its_columns(store: Store) -> None:
    empty = new_campaign(store, form=odd_form())
    assert pandas.read_csv(BytesIO(exported(store, empty, ".csv"))).columns[0] == "received_on"
    for suffix in (".xlsx", ".sav"):
        assert exported(store, empty, suffix)
