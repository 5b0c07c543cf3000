"""Other people's PDFs among the forms: under which names their pages are told, and as which form they are read."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import click

from forms.adopting import Binding, binding_path, load_binding, loose_ends
from forms.definition import Form
from forms.loading import load_form
from scanning.readers import FileRefused, PageResult
from scanning.readings import PageReading
from server.cli.reading.arguments import Given


@dataclass(frozen=True, slots=True)
class TheirForms:
    """What was given on the command line, and the form that their PDF was made into, if it was."""

    given: Given
    form: Form | None = None
    binding: Binding | None = None

    @classmethod
    def of(cls, given: Given, adopted: Path | None) -> Self:
        """Give it with the adopted form; `UsageError` when that does not fit what was given."""
        if adopted is None:
            return cls(given)
        if len(given.foreign) != 1:
            raise click.UsageError("--adopted is for one PDF from elsewhere. Name that PDF, and no other form.")
        form, binding = load_form(adopted), load_binding(binding_path(adopted))
        ends = loose_ends(binding, form)
        if ends:
            raise click.UsageError(f"{binding_path(adopted)} does not fit {adopted}: {ends[0]} ({len(ends)} in all).")
        if not all(binding.is_of(path.read_bytes()) for path in given.forms):
            raise click.UsageError(
                f"{given.forms[0]} is not the PDF that {adopted} was made of. Name that one, or adopt this one."
            )
        printings = {
            name: replace(one, form=form) if name in given.foreign else one for name, one in given.printings.items()
        }
        return cls(replace(given, printings=printings), form, binding)

    def named(self, result: PageResult | FileRefused) -> PageResult | FileRefused:
        """Give a result under the name of the file that its form is in, or as a page of the adopted form."""
        if not isinstance(result, PageResult) or not isinstance(result.outcome, PageReading):
            return result
        if result.outcome.printing not in self.given.foreign:
            return result
        return replace(result, outcome=self._read_as(result.outcome))

    def _read_as(self, reading: PageReading) -> PageReading:
        if self.form is None or self.binding is None:
            form = self.given.printings[reading.printing].form
            return replace(reading, form=form.form, version=form.version_name)
        from scanning.foreign.adopted import as_adopted  # noqa: PLC0415  brings OpenCV with it, for these alone

        return as_adopted(reading, self.form, self.binding)
