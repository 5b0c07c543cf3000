"""The tree of form fields in a PDF: what a field inherits, and what it is called.

A widget is a field's box on a page. Third-party files break the tree in many ways: widgets that no field lists,
fields whose children do not point back, parents in circles. Everything here ends and gives the best answer there is.
"""

from collections.abc import Iterator

import pikepdf

DEPTH_MAX = 50
"""Deepest field tree followed; real forms go to about 8."""

Line = tuple[pikepdf.Dictionary, ...]
"""A widget or field, then its parents up to the root."""

Parents = dict[tuple[int, int], pikepdf.Dictionary]
"""Object number → the field that lists the object as its child."""


def form_of(pdf: pikepdf.Pdf) -> pikepdf.Dictionary | None:
    """Give the PDF's form dictionary, if it has one."""
    form = pdf.Root.get("/AcroForm")
    return form if isinstance(form, pikepdf.Dictionary) else None


def parents_of(pdf: pikepdf.Pdf) -> Parents:
    """Say for every child that the form's fields list which field lists it."""
    form = form_of(pdf)
    waiting = list(dictionaries(form.get("/Fields"))) if form is not None else []
    parents: Parents = {}
    while waiting:
        field = waiting.pop()
        for kid in dictionaries(field.get("/Kids")):
            if kid.is_indirect and kid.objgen not in parents:
                parents[kid.objgen] = field
                waiting.append(kid)
    return parents


def line_of(node: pikepdf.Dictionary, parents: Parents) -> Line:
    """Give a widget and its parents; a circle is followed once around at most."""
    line: list[pikepdf.Dictionary] = []
    seen: set[tuple[int, int]] = set()
    current: object = node
    while isinstance(current, pikepdf.Dictionary) and len(line) < DEPTH_MAX:
        if current.is_indirect and current.objgen in seen:
            break
        seen.add(current.objgen)
        line.append(current)
        current = current.get("/Parent", parents.get(current.objgen))
    return tuple(line)


def inherited(line: Line, key: str) -> object:
    """Give the nearest value of a key, from the widget upwards."""
    return next((node[key] for node in line if key in node), None)


def name_of(line: Line) -> str:
    """Give the fully qualified name: the partial names from the root down, joined by full stops."""
    return ".".join(text_of(node["/T"]) for node in reversed(line) if "/T" in node)


def flags_of(line: Line) -> int:
    """Give the field flags."""
    flags = inherited(line, "/Ff")
    return flags if isinstance(flags, int) else 0


def dictionaries(value: object) -> Iterator[pikepdf.Dictionary]:
    """Give the dictionaries in an array, and nothing for whatever else stands there."""
    if isinstance(value, pikepdf.Array):
        for item in value:
            if isinstance(item, pikepdf.Dictionary):
                yield item


def text_of(value: object) -> str:
    """Give a PDF string, or a name without its slash, as text; anything else is empty."""
    if not isinstance(value, pikepdf.Name | pikepdf.String):
        return ""
    try:
        text = str(value)
    except UnicodeDecodeError:
        text = bytes(value).decode("latin-1")
    return text.removeprefix("/") if isinstance(value, pikepdf.Name) else text


def text_of_key(key: str) -> str:
    """Give a dictionary's key as `text_of` gives the same name where it stands as a value."""
    try:
        return key.encode("utf-8", "surrogateescape").decode("utf-8").removeprefix("/")
    except UnicodeDecodeError:
        return key.encode("utf-8", "surrogateescape").decode("latin-1").removeprefix("/")
