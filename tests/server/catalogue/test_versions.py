"""Forms as the store keeps them, on both databases."""

from typing import Any

from sqlalchemy import func, select

from forms import library
from forms.definition import Form, LanguageStatus
from forms.loading import parse_form
from server.catalogue.shelf import find, key_of, of_key, shelf
from server.catalogue.versions import form_of, keep
from server.models.form_versions import FormVersion
from server.store import Store


def changed(**more: Any) -> Form:
    """Give the poll that ships, changed."""
    return parse_form(library.find("poll").model_copy(update=more).canonical().encode(), "changed")


def test_a_form_is_kept_once_and_comes_back_as_it_was(any_store: Store) -> None:
    form = library.find("tsm-2026-27")
    with any_store.writing() as session:
        first = keep(session, form).id
    with any_store.writing() as session:
        assert keep(session, form).id == first
    with any_store.reading() as session:
        kept = session.scalars(select(FormVersion)).one()
    assert form_of(kept) == form
    assert (kept.name, kept.content_sha256) == (form.form, form.content_hash)


def test_other_words_make_another_version(any_store: Store) -> None:
    with any_store.writing() as session:
        keep(session, library.find("poll"))
        keep(session, changed(version="2"))
        assert session.scalar(select(func.count()).select_from(FormVersion)) == 2


def test_a_translation_found_right_is_the_same_version_without_its_draft_mark(any_store: Store) -> None:
    form = library.find("poll")
    checked = changed(languages=dict.fromkeys(form.languages, LanguageStatus.FINAL))
    with any_store.writing() as session:
        first = keep(session, form).id
        assert keep(session, checked).id == first
    with any_store.reading() as session:
        assert form_of(session.get_one(FormVersion, first)).languages == checked.languages


def test_the_shelf_holds_what_ships_and_what_was_put_in_but_nothing_twice(any_store: Store) -> None:
    with any_store.writing() as session:
        ours, own = keep(session, library.find("poll")), keep(session, changed(version="2"))
    with any_store.reading() as session:
        entries = shelf(session)
        assert len(entries) == len(library.names()) + 1
        assert entries[-1].version == own.content_sha256
        assert find(session, "poll", ours.content_sha256).form == library.find("poll")
        assert key_of(ours) == "poll/library"
        assert of_key(session, key_of(own)).form.version == "2"
