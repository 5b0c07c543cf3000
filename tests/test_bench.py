"""The measurements that `make bench` prints are themselves run, a little of each."""

import pytest

from forms import library
from tests.bench import forms


def test_broken_forms_of_the_library_are_named() -> None:
    _, all_named = forms.broken_forms(quick=True)
    assert all_named


def test_a_broken_form_that_is_not_named_would_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "parse_form", lambda *_: library.find("poll"))
    _, all_named = forms.broken_forms(quick=True)
    assert not all_named


def test_the_library_is_as_easy_to_read_as_is_wanted() -> None:
    _, easy = forms.reading_ages()
    assert easy
