"""The kiosk's own words → what it may have to say whichever form it asks: its sentences, letters, digits, numbers."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Final

from forms import wording as answering
from forms.landlord import Landlord
from forms.languages import locale_of
from kiosk import wording
from kiosk.screens import VOLUMES
from kiosk.speech.characters import of_characters
from kiosk.speech.utterance import Utterance, unique

SHARED: Final = ("name", "phone", "not_a_phone", "not_a_copy_code")
"""Keys of `forms/wording` that the kiosk needs whichever form it asks: for a complaint, and for the code of a copy."""


def of_kiosk(language: str, landlord: Landlord) -> tuple[Utterance, ...]:
    """Give the utterances that belong to no form, each once.

    Sentences that tell something of the moment, as how many have answered, are not among them: each is made when it
    is first shown.
    """
    return unique((*_sentences(language, landlord.details()), *_volumes(language), *of_characters(language)))


def own(language: str, key: str, **details: str | int) -> Utterance:
    """Give a sentence of the kiosk's own; an English one, said in English, where it has none in the language."""
    return Utterance(spoken_in(language), wording.say(key, language, **details))


def spoken_in(language: str) -> str:
    """Give the language that the kiosk's own words are in where the screen is in this one."""
    return language if language in wording.languages() else wording.FALLBACK


def language_name(language: str) -> Utterance:
    """Give a language's own name, as its speakers look for it."""
    name = locale_of(language).get_language_name(language) or language
    return Utterance(language, name[:1].upper() + name[1:])


def _sentences(language: str, details: Mapping[str, str]) -> Iterator[Utterance]:
    yield language_name(language)
    known = spoken_in(language)
    for sentence in wording.sentences(known).values():
        if isinstance(sentence, str) and _fields(sentence) <= details.keys():
            yield Utterance(known, sentence.format(**details))
    yield from (Utterance(known, answering.say(key, language)) for key in SHARED)


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _volumes(language: str) -> Iterator[Utterance]:
    for level in range(1, VOLUMES + 1):
        yield own(language, "volume_level", level=level, most=VOLUMES)
