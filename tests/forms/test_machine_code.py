"""What a machine code says is understood again, and nothing else is taken for one."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.codes.copy_code import COPY_ALPHABET, copy_check, spelt
from forms.codes.machine import PAGES_MAX, PREFIX, PRINTING_ALPHABET, MachineCode, parse, printing_name

QR_ALPHANUMERIC = set(string.digits + string.ascii_uppercase + " $%*+-./:")

printings = st.text(alphabet=PRINTING_ALPHABET, min_size=8, max_size=8)
copies = st.text(alphabet=COPY_ALPHABET, min_size=7, max_size=7).map(lambda first: spelt(first + copy_check(first)))
codes = st.builds(MachineCode, printings, st.integers(1, PAGES_MAX), st.none() | copies)


@given(codes)
def test_a_code_is_understood_as_what_it_was_made_of(code: MachineCode) -> None:
    assert parse(code.words()) == code


@given(codes)
def test_a_code_is_short_enough_for_the_smallest_symbol(code: MachineCode) -> None:
    assert len(code.words()) == (20 if code.copy else 12)
    assert set(code.words()) <= QR_ALPHANUMERIC


@given(st.text(max_size=30))
def test_foreign_words_are_no_code(words: str) -> None:
    found = parse(words)
    assert found is None or found.words() == words


@given(codes, st.integers(0, 19), st.characters())
def test_a_code_with_one_character_spoilt_never_names_another_copy(code: MachineCode, place: int, other: str) -> None:
    words = code.words()
    spoilt = parse(words[:place] + other + words[place + 1 :])
    assert spoilt is None or code.copy is None or place < 12 or spoilt.copy == code.copy


@pytest.mark.parametrize(
    "words",
    [
        "",
        "https://example.org",
        "S1ABCDEFGH",
        "S1ABCDEFGH00",
        "S1ABCDEFGH0",
        "S2ABCDEFGH01",
        "s1abcdefgh01",
        "S1ABCDEFGI01",
        "S1ABCDEFGH01K7PM4TX",
        "S1ABCDEFGH01K7PM4TXA",
        "S1ABCDEFGH01K7PM4TXJ ",
        "S1ABCDEFGH01\n",
        "S1ABCDEFGH٠١",
    ],
)
def test_what_is_nearly_a_code_is_none(words: str) -> None:
    assert parse(words) is None


def test_a_code_with_a_copy_names_it_as_printed() -> None:
    assert parse("S1ABCDEFGH01K7PM4TXJ") == MachineCode("ABCDEFGH", 1, "K7PM 4TXJ")
    assert MachineCode("ABCDEFGH", 7).words() == f"{PREFIX}ABCDEFGH07"


@given(st.binary(), st.binary())
def test_a_printings_name_depends_on_all_of_its_content(one: bytes, other: bytes) -> None:
    assert set(printing_name(one)) <= set(PRINTING_ALPHABET)
    assert len(printing_name(one)) == 8
    assert (printing_name(one) == printing_name(other)) == (one == other)
