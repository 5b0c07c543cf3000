"""The templates that pages are read by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from scanning.template import PageTemplate, Template


@dataclass(frozen=True)
class Library:
    """The templates that pages are read by, by the names of their printings."""

    templates: Mapping[str, Template]

    @cached_property
    def sizes(self) -> tuple[PageTemplate, ...]:
        """Give one page of each size of sheet: enough to find corner marks and codes by."""
        pages = {page.size.name: page for template in self.templates.values() for page in template.pages}
        return tuple(pages.values())
