"""The templates that pages are read by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from forms.codes.machine import MachineCode
from forms.paper.editions import SIZES, Size
from scanning.template import PageTemplate, Template


@dataclass(frozen=True)
class Library:
    """The templates that pages are read by, by the names of their printings."""

    templates: Mapping[str, Template]

    @cached_property
    def sizes(self) -> tuple[Size, ...]:
        """Give the sizes of sheet among the pages."""
        return tuple({page.size.name: page.size for page in self.pages()}.values())

    @cached_property
    def sizes_first(self) -> tuple[Size, ...]:
        """Give every size of sheet, those among the pages first: a stranger's marks are marks too."""
        return tuple(dict.fromkeys((*self.sizes, *SIZES.values())))

    def pages(self) -> Iterator[PageTemplate]:
        """Give every page that anything is printed on."""
        for template in self.templates.values():
            for number in range(1, len(template.pages) + 1):
                page = template.page(number)
                if page is not None:
                    yield page

    def page_of(self, code: MachineCode) -> tuple[Template, PageTemplate] | None:
        """Give the template and the page that a code names; None when they are not here."""
        template = self.templates.get(code.printing)
        page = template.page(code.page) if template is not None else None
        return (template, page) if template is not None and page is not None else None
