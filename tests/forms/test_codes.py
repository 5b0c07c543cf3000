"""Codes are forgiving about how they are typed and strict about what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from forms.codes import CodeError, pattern_named
from forms.codes.copy_code import COPY_ALPHABET, copy_check, is_copy_code

firsts = st.text(alphabet=COPY_ALPHABET, min_size=7, max_size=7)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("le13 0uh", "LE13 0UH"),
        ("LE130UH", "LE13 0UH"),
        ("LEI3 OUH", "LE13 0UH"),
        ("  l e 1 3 0 u h ", "LE13 0UH"),
        ("sw1a-1aa", "SW1A 1AA"),
        ("M1 1AE", "M1 1AE"),
        ("B33 8TH", "B33 8TH"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN55 1PT", "DN55 1PT"),
        ("W1A 0AX", "W1A 0AX"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("gir0aa", "GIR 0AA"),
    ],
)
def test_a_postcode_is_understood_however_it_is_typed(typed: str, meant: str) -> None:
    assert pattern_named("uk_postcode").normalise(typed) == meant


@pytest.mark.parametrize("typed", ["LE13", "LE13 0U", "1E13 0UHH", "QE1 1AA", "LE13 0CI", "LE13 0UHX", "", "٣٣ ٣٣٣"])
def test_what_cannot_be_a_postcode_is_refused(typed: str) -> None:
    with pytest.raises(CodeError, match="not_a_postcode"):
        pattern_named("uk_postcode").normalise(typed)


@given(firsts)
def test_a_copy_code_with_its_check_character_is_accepted_in_any_case_and_spacing(first: str) -> None:
    code = first + copy_check(first)
    spelling = f"{code[:4]} {code[4:]}"
    assert pattern_named("copy_code").normalise(f" {code[:3].lower()}-{code[3:]}") == spelling
    assert is_copy_code(spelling)


@given(firsts, st.integers(0, 7), st.sampled_from(COPY_ALPHABET))
def test_one_wrong_character_in_a_copy_code_is_always_found(first: str, place: int, other: str) -> None:
    code = first + copy_check(first)
    slipped = code[:place] + other + code[place + 1 :]
    assert is_copy_code(slipped) == (slipped == code)


@given(firsts, st.integers(0, 7), st.integers(0, 7))
def test_two_exchanged_characters_in_a_copy_code_are_always_found(first: str, one: int, other: int) -> None:
    code = list(first + copy_check(first))
    swapped = code.copy()
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert is_copy_code("".join(swapped)) == (swapped == code)


def test_the_copy_codes_alphabet_has_no_look_alikes() -> None:
    assert not set(COPY_ALPHABET) & set("0ODQ1IL2Z5S8BGUVNAE")
    assert len(set(COPY_ALPHABET)) == 17


@pytest.mark.parametrize(
    ("mask", "typed", "meant"),
    [("AA-9999", "ab1234", "AB-1234"), ("AA-9999", "AB-I2E4", None), ("9999", "OI34", "0134"), ("**", "a1", "A1")],
)
def test_a_pattern_of_ones_own_says_what_stands_in_each_cell(mask: str, typed: str, meant: str | None) -> None:
    pattern = pattern_named(mask)
    if meant is None:
        with pytest.raises(CodeError):
            pattern.normalise(typed)
    else:
        assert pattern.normalise(typed) == meant


@pytest.mark.parametrize("mask", ["", "-", "A1", "Z", "A" * 21])
def test_a_pattern_that_says_nothing_is_refused(mask: str) -> None:
    with pytest.raises(PydanticCustomError):
        pattern_named(mask)


def test_a_pattern_knows_how_many_cells_its_comb_needs() -> None:
    assert pattern_named("uk_postcode").cells == 8
    assert pattern_named("job_number").cells == 8
    assert pattern_named("AA-99").cells == 5
