"""A response as it is handed in, from a kiosk, from paper, by an officer or from a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from forms.answers import Answers, as_json
from forms.definition import Form
from forms.kinds.contact import Contact
from server.models.campaigns import Channel


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a response comes from."""

    campaign_id: int
    form_version_id: int
    channel: Channel
    received_on: date
    language: str
    format: str
    copy_code: str | None = None
    site_id: int | None = None
    kiosk_id: int | None = None
    method: str = ""
    helped_by: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A response to be saved; `uid` was made by whoever sends it, before it was first sent."""

    uid: str
    origin: Origin
    form: Form
    answers: Answers

    def kept(self) -> Mapping[str, object]:
        """Give the answers that are kept under the response: without contact details and equality answers."""
        return {
            question: as_json(value)
            for question, value in self.answers.values.items()
            if not isinstance(value, Contact) and not self.is_equality(question)
        }

    def contacts(self) -> Mapping[str, Contact]:
        """Give the contact details, by question."""
        return {question: value for question, value in self.answers.values.items() if isinstance(value, Contact)}

    def equality(self) -> Mapping[str, object]:
        """Give the answers of the page that is kept apart, by question."""
        return {
            question: as_json(value) for question, value in self.answers.values.items() if self.is_equality(question)
        }

    def is_equality(self, question: str) -> bool:
        """Tell whether a question stands on the page that is torn off and kept apart."""
        return self.form.section_of(question).detachable

    def content_sha256(self) -> str:
        """Give a hash of what is said and where it is from; equality answers could be guessed by it, and stay out."""
        origin = self.origin
        content = {
            "from": [origin.campaign_id, origin.form_version_id, origin.channel, origin.copy_code, origin.method],
            "answers": dict(self.kept()),
            "contacts": {question: contact.as_dict() for question, contact in self.contacts().items()},
        }
        return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
