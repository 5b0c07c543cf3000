"""Long lists, a page at a time."""

from dataclasses import dataclass

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a long list."""

    rows: tuple[object, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Give how many pages there are."""
        return max(1, -(-self.total // PAGE_ROWS))

    @property
    def first(self) -> int:
        """Give the number of the first row shown, from 1."""
        return (self.page - 1) * PAGE_ROWS + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Give the number of the last row shown."""
        return min(self.page * PAGE_ROWS, self.total)


def page_asked(raw: str | None) -> int:
    """Give the page that an address asks for; the first where it is no number."""
    return max(1, int(raw)) if raw is not None and raw.isdecimal() and len(raw) < 9 else 1
