"""Every form that can be asked: those that ship with Sayso, and those that the store keeps."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from forms import library
from forms.definition import Form, LanguageStatus
from forms.languages import english_name
from server.catalogue.versions import form_of
from server.errors import NotFoundError
from server.models.form_versions import FormVersion
from server.queries.catalogue import stored_version, stored_versions

SHIPPED = "library"
"""Stands in addresses for the version that ships."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A form, and the word that its addresses know its version by."""

    form: Form
    version: str
    """`library`, or the content hash of a stored one."""

    @property
    def is_shipped(self) -> bool:
        """Tell whether it came with Sayso."""
        return self.version == SHIPPED

    @property
    def key(self) -> str:
        """Give what a list of forms sends when this one is chosen."""
        return key(self.form.form, self.version)

    @property
    def languages(self) -> tuple[tuple[str, str, bool], ...]:
        """Give each language's code, its name in English, and whether its words are a draft."""
        return tuple(
            (code, english_name(code), status is LanguageStatus.DRAFT) for code, status in self.form.languages.items()
        )

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Give how many questions there are of each kind, the most frequent first."""
        return tuple(Counter(question.kind for question in self.form.questions).most_common())


@cache
def shipped() -> dict[str, Entry]:
    """Give the forms that ship, by name."""
    return {form.form: Entry(form, SHIPPED) for form in library.library()}


def shelf(session: Session) -> tuple[Entry, ...]:
    """Give every form: those that ship, then what else the store keeps."""
    ours = {entry.form.content_hash for entry in shipped().values()}
    kept = (version for version in stored_versions(session) if version.content_sha256 not in ours)
    return (*shipped().values(), *(Entry(form_of(version), version.content_sha256) for version in kept))


def find(session: Session, name: str, version: str) -> Entry:
    """Give one form; `NotFoundError` when there is none of that name in that version."""
    if version == SHIPPED and name in shipped():
        return shipped()[name]
    kept = stored_version(session, version)
    if kept is None or kept.name != name:
        raise NotFoundError(f"There is no form {name} in this version. Look for it among the forms.")
    return Entry(form_of(kept), version)


def key(name: str, version: str) -> str:
    """Give what a list of forms sends for a form of that name and version."""
    return f"{name}/{version}"


def key_of(version: FormVersion) -> str:
    """Give what a list of forms sends for a stored version: of one that ships, that which ships."""
    ours = shipped().get(version.name)
    is_ours = ours is not None and ours.form.content_hash == version.content_sha256
    return key(version.name, SHIPPED if is_ours else version.content_sha256)


def of_key(session: Session, sent: str) -> Entry:
    """Give the form that was chosen from a list; `NotFoundError` when there is none."""
    name, _, version = sent.partition("/")
    return find(session, name, version)
