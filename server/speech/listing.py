"""What an officer hears of a form: its utterances in one language, and which of them somebody has recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from forms.definition import Form
from forms.landlord import Landlord
from kiosk.speech import Utterance, of_form, of_kiosk
from server.errors import NotFoundError
from server.models.recordings import Recording
from server.speech.clips import RECORDED
from server.speech.keeping import voice_of
from server.speech.voices import Voice, voices_for
from server.store import Store


class Group(StrEnum):
    """Whose words to list."""

    FORM = "form"
    KIOSK = "kiosk"


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance, and by which voice it is; `voice` is empty where none can say it."""

    utterance: Utterance
    voice: str
    is_recorded: bool


def heard(store: Store, utterances: tuple[Utterance, ...], recordings: Mapping[str, Recording]) -> tuple[Heard, ...]:
    """Give how each utterance sounds at present, without making any."""
    voices = {language: voices_for(language) for language in {one.language for one in utterances}}
    return tuple(_heard(store, one, voices[one.language], recordings) for one in utterances)


def _heard(store: Store, one: Utterance, voices: tuple[Voice, ...], recordings: Mapping[str, Recording]) -> Heard:
    if one.clip in recordings:
        return Heard(one, RECORDED, is_recorded=True)
    voice = voice_of(store.folder, one.clip) or (voices[0].label if voices else "")
    return Heard(one, voice, is_recorded=False)


def utterances_of(form: Form, language: str, landlord: Landlord, group: Group) -> tuple[Utterance, ...]:
    """Give the utterances to list: the form's, or the kiosk's own that are not among them."""
    if group is Group.FORM:
        return of_form(form, language, landlord)
    return of_kiosk(language, landlord)


def named(form: Form, landlord: Landlord, clip: str) -> Utterance:
    """Give the utterance of a clip's name, in whichever of a form's languages; `NotFoundError` when it has none."""
    for language in form.languages:
        for group in Group:
            for one in utterances_of(form, language, landlord, group):
                if one.clip == clip:
                    return one
    raise NotFoundError("This form does not say these words any more. Look through the list of what it says.")
