"""All that is held about one subject, in plain structures with names that people understand."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from forms.definition import Form
from server.catalogue.versions import form_of
from server.models.alerts import Alert
from server.models.base import Base
from server.models.campaigns import Campaign, Invitation, Site
from server.models.copies import Copy
from server.models.form_versions import FormVersion
from server.models.households import Household, HouseholdContact
from server.models.intake import Crop, Page, Reading, Return
from server.models.kiosks import Kiosk
from server.models.responses import Answer, ContactDetails, Response
from server.models.review import Correction, Doubt, SecondLook
from server.models.sittings import Sitting
from server.queries.held import Held

NAMES: Final[dict[type[Base], str]] = {
    Household: "Household",
    HouseholdContact: "Name and address",
    Invitation: "Campaigns that ask the household",
    Copy: "Numbered copies of forms",
    Response: "Responses",
    Answer: "Answers",
    ContactDetails: "Contact details given with a response",
    Alert: "Dangers and complaints in a response, or on a copy that came back",
    Return: "Copies that came back",
    Page: "Scanned pages",
    Reading: "What was read on the pages",
    Crop: "Pictures of answers",
    Doubt: "Answers that were hard to read",
    Correction: "Answers as officers read them",
    SecondLook: "Answers that were read a second time to check",
    Sitting: "What is being answered at a kiosk now",
}
"""What each table is called."""

NAMED_BY: Final = {"campaign_id": Campaign, "site_id": Site, "kiosk_id": Kiosk}
"""Columns that stand for something with a name."""


def records(session: Session, held: Held) -> dict[str, list[dict[str, Any]]]:
    """Give every row of every table, each column by its name."""
    return {name: [_record(session, row) for row in held.rows[model]] for model, name in NAMES.items()}


def _record(session: Session, row: Base) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for column in inspect(type(row)).columns:
        value = getattr(row, column.key)
        if column.key == "image":
            value = crop_name(getattr(row, "reading_id", 0))
        if column.key in NAMED_BY and value is not None:
            value = getattr(session.get(NAMED_BY[column.key], value), "name", value)
        written[column.key.removesuffix("_id").replace("_", " ") if column.key in NAMED_BY else _words(column.key)] = (
            value.isoformat() if isinstance(value, (date, datetime)) else value
        )
    if isinstance(row, Page):
        written |= {"file name": row.file.name, "received at": row.file.received_at.isoformat()}
    return written


def _words(column: str) -> str:
    return column.replace("_", " ")


def crop_name(reading_id: int) -> str:
    """Give the name that the picture of an answer has in the file that is handed over."""
    return f"answers/answer-{reading_id}.jpg"


def page_name(page_id: int, ending: str) -> str:
    """Give the name that a page has in the file that is handed over."""
    return f"pages/page-{page_id}.{ending}"


def told(session: Session, held: Held) -> list[dict[str, Any]]:
    """Give each response as it would be told: the questions in their words, and what was answered."""
    return [
        {
            "receipt": response.receipt,
            "campaign": session.get_one(Campaign, response.campaign_id).name,
            "form": session.get_one(FormVersion, response.form_version_id).title,
            "how it came": response.channel.replace("_", " "),
            "received on": response.received_on.isoformat(),
            "answers": list(_answers(session, held, response)),
            "contact details": [
                {_words(part): words for part, words in details.details.items()}
                for details in held.of(ContactDetails)
                if details.response_id == response.id
            ],
        }
        for response in held.of(Response)
    ]


def _answers(session: Session, held: Held, response: Response) -> Iterator[dict[str, str]]:
    form = form_of(session.get_one(FormVersion, response.form_version_id))
    order = [question.id for section in form.sections for question in section.questions]
    theirs = [answer for answer in held.of(Answer) if answer.response_id == response.id and answer.question in order]
    for answer in sorted(theirs, key=lambda answer: (order.index(answer.question), answer.place)):
        yield {"question": form.question(answer.question).ask[form.language], "answer": _answered(form, answer)}


def _answered(form: Form, answer: Answer) -> str:
    if answer.option is None:
        return answer.written or "(removed)"
    choices = form.choices(form.question(answer.question))
    return next((one.label[form.language] for one in choices if one.id == answer.option), answer.option)
