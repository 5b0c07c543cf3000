"""Tests of paper, and the printings of all forms that ship, each made once a session."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from forms import library
from forms.definition import Form
from forms.landlord import Landlord
from forms.paper.editions import EditionName, SizeName
from forms.paper.pagination import TooTallError
from forms.paper.printing import Printing, print_form
from tests.forms import every_kind

SLIPS = ("reply-slip", "poll")
"""The forms that are also printed small."""


class Case(NamedTuple):
    """One printing: which form, in which language, edition and size."""

    form: str
    language: str = "en"
    edition: EditionName = EditionName.CLEAR
    size: SizeName = SizeName.A4

    def __str__(self) -> str:
        return f"{self.form}-{self.language}-{self.edition}-{self.size}"


EVERY_KIND = Case("every-kind")


@cache
def form_named(name: str) -> Form:
    """Give a form that ships, or the one with every kind of question."""
    return every_kind() if name == "every-kind" else library.find(name)


@cache
def printing(case: Case) -> Printing:
    """Give a printing, made once a session."""
    return print_form(form_named(case.form), Landlord(), edition=case.edition, size=case.size, language=case.language)


@cache
def sheets() -> tuple[Case, ...]:
    """Give every form that ships on A4, in each of its languages and each edition."""
    return tuple(
        Case(form.form, language, edition)
        for form in library.library()
        for language in form.languages
        for edition in EditionName
    )


@cache
def slips() -> tuple[Case, ...]:
    """Give the small forms on A5 and A6 in the clear edition, in each of their languages."""
    return tuple(
        Case(name, language, size=size)
        for name in SLIPS
        for language in form_named(name).languages
        for size in (SizeName.A5, SizeName.A6)
    )


def larger_slips() -> Iterator[Case]:
    """Give the small forms in larger print, where their sheet can hold it."""
    for case in slips():
        for edition in (EditionName.LARGE, EditionName.GIANT):
            larger = case._replace(edition=edition)
            try:
                printing(larger)
            except TooTallError:
                continue
            yield larger
