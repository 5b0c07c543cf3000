"""Passwords are kept as argon2id, and easy ones are not taken."""

import pytest

from server.accounts.errors import FieldRefusedError
from server.accounts.passwords import HASHER as REAL
from server.accounts.passwords import hashed, is_right
from tests.server.conftest import PASSWORD


def test_a_password_is_kept_as_argon2id_with_the_parameters_of_rfc_9106() -> None:
    kept = REAL.hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert REAL.verify(kept, PASSWORD)
    assert len(kept) <= 200, "the column holds it"


@pytest.mark.parametrize(
    "easy",
    [
        *("short", "x" * 12, "x" * 201, "password1234", "PasswordPassword", "qwertyuiop12", "123456789012"),
        *("anna anna anna", "Anna-2026-2026", "MeltonCouncil1", "summer2026!!", "abcdefghijkl", "0987654321098"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(easy: str) -> None:
    with pytest.raises(FieldRefusedError, match="Three random words"):
        hashed(easy, username="anna")


@pytest.mark.parametrize(
    "good", [PASSWORD, "kettle orbit plum", "anna likes tea pots", "x7#Kq9!mZ2$w", "żółw lampa mak"]
)
def test_a_password_of_its_own_is_taken_in_any_language(good: str) -> None:
    assert is_right(hashed(good, username="anna"), good)
    assert not is_right(hashed(good, username="anna"), f"{good} ")


def test_what_is_no_hash_lets_nobody_in() -> None:
    assert not is_right(None, "nobody"), "the words that the placeholder of these tests was made of"
    assert not is_right("", "")
    assert not is_right("!", "!")
