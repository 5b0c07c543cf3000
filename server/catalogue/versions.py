"""Forms as the store keeps them: each version once, whole, by the hash of what it asks."""

from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definition import Form
from forms.loading import parse_form
from server.models.form_versions import FormVersion
from server.store.locking import alone

FORMS_HELD = 64
"""Parsed forms kept in memory: more than a landlord has in use; the longest that ships takes half a second to parse."""


def keep(session: Session, form: Form) -> FormVersion:
    """Give the stored version of a form, stored now if it is not there yet.

    Where only a language has turned from draft to final, the version is the same and takes the new marks over.
    """
    alone(session, f"form version {form.content_hash}")
    definition = form.canonical()
    version = session.scalar(select(FormVersion).where(FormVersion.content_sha256 == form.content_hash))
    if version is None:
        version = FormVersion(
            name=form.form,
            version=form.version,
            title=form.title[form.language],
            definition=definition,
            content_sha256=form.content_hash,
        )
        session.add(version)
    elif version.definition != definition:
        version.definition = definition
    session.flush()
    return version


def form_of(version: FormVersion) -> Form:
    """Give the form that a stored version holds."""
    return _parsed(version.definition)


@lru_cache(maxsize=FORMS_HELD)
def _parsed(definition: str) -> Form:
    return parse_form(definition.encode(), "stored form")
