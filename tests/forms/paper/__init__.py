"""Tests of paper, and the printings of all forms that ship, each made once a session."""

import fcntl
import os
import pickle
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from forms import library
from forms.definition import Form
from forms.landlord import Landlord
from forms.paper.editions import EditionName, SizeName
from forms.paper.pagination import TooTallError
from forms.paper.printing import Printing, print_form
from tests.forms import every_kind

PRINTINGS = "SAYSO_TEST_PRINTINGS"
"""Names the folder in which the workers of one run share what they print."""

EVERY_PRINTING = "SAYSO_EVERY_PRINTING"
"""When it is set, the tests look at each form in each language and each edition, as `tests.bench.paper` does."""

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
    """Give a printing, made once a run: whichever worker wants it first makes it, the other waits for it."""
    if PRINTINGS not in os.environ:
        return _printed(case)
    folder = Path(os.environ[PRINTINGS])
    folder.mkdir(exist_ok=True)
    with (folder / f"{case}.pickle").open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if kept := file.read():
            return cast(Printing, pickle.loads(kept))  # noqa: S301 (written by this very run)
        made = _printed(case)
        file.write(pickle.dumps(made))
        return made


def _printed(case: Case) -> Printing:
    return print_form(form_named(case.form), Landlord(), edition=case.edition, size=case.size, language=case.language)


@cache
def every_sheet() -> tuple[Case, ...]:
    """Give every form that ships on A4, in each of its languages and each edition."""
    return tuple(
        Case(form.form, language, edition)
        for form in library.library()
        for language in form.languages
        for edition in EditionName
    )


@cache
def sheets() -> tuple[Case, ...]:
    """Give what the tests look at: every form in each of its languages in clear print, two of three larger, too.

    Those are in large and in giant print in turn; all of them are looked at by `tests.bench.paper`.
    """
    if EVERY_PRINTING in os.environ:
        return every_sheet()
    clear = [case for case in every_sheet() if case.edition is EditionName.CLEAR]
    larger = (
        case._replace(edition=edition)
        for number, case in enumerate(clear)
        if (edition := tuple(EditionName)[number % 3]) is not EditionName.CLEAR
    )
    return (*clear, *larger)


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
