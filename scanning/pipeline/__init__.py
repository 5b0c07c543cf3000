"""The steps of reading an image, in their order; nothing else knows it."""

from dataclasses import dataclass

from scanning.pipeline.identity import Identity, identities
from scanning.pipeline.library import Library
from scanning.pipeline.page import IdentifiedPage
from scanning.readings import PageReading, SetAside
from scanning.template import Grey

__all__ = ["Identity", "Library", "Located", "read_image"]


@dataclass(frozen=True, slots=True)
class Located:
    """A page as read, with what it was read by and where it lies: for pictures of it."""

    reading: PageReading
    identity: Identity


def read_image(image: Grey, library: Library) -> list[Located | SetAside]:
    """Read every page of ours in a grey image: one, or several slips; a reason where there is none."""
    return [one if isinstance(one, SetAside) else _read(image, one) for one in identities(image, library)]


def _read(image: Grey, found: Identity) -> Located:
    page = IdentifiedPage(image, found.registration, found.template, found.page, found.code)
    return Located(page.reading(), found)
