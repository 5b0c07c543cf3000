"""An image → the pages of ours in it: which copy's which page each is, and where it lies."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms.codes.machine import MachineCode
from scanning import identification
from scanning.pipeline.library import Library
from scanning.readings import REFUSALS, Refusal, SetAside
from scanning.registration import Found, Registration, find_marks, register
from scanning.template import Grey, PageTemplate, Template


@dataclass(frozen=True, slots=True)
class Identity:
    """A page that was recognised: what its code says, its template, and where it lies in the image."""

    code: MachineCode
    template: Template
    page: PageTemplate
    registration: Registration


def identities(image: Grey, library: Library) -> Iterator[Identity | SetAside]:
    """Give every page of ours in an image (one sheet, or several slips), or why there is none."""
    found = find_marks(image)
    code, registration = _identified(image, found, library)
    if code is None:
        yield _aside(Refusal.NO_CODE if found.count else Refusal.NOTHING_FOUND)
        return
    template = library.templates.get(code.printing)
    page = template.page(code.page) if template is not None else None
    if template is None or page is None:
        yield _aside(Refusal.UNKNOWN_PRINTING)
        return
    placed = registration or register(found, page.fiducials)
    yield Identity(code, template, page, placed) if placed is not None else _aside(Refusal.NOTHING_FOUND)


def _aside(refusal: Refusal) -> SetAside:
    return SetAside(refusal, REFUSALS[refusal])


def _identified(image: Grey, found: Found, library: Library) -> tuple[MachineCode | None, Registration | None]:
    """Read a machine code at its place on a page of each size, else anywhere in the image."""
    for page in library.sizes:
        registration = register(found, page.fiducials)
        if registration is None:
            break
        for corners in page.code_corners:
            code = identification.code_at(image, registration.to_px(corners))
            if code is not None:
                return code, registration
    codes = identification.codes_anywhere(image)
    return (codes[0] if len(codes) == 1 else None), None
