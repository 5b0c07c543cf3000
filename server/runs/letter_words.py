"""The words that a cover letter begins with; an officer makes them fit before a run is asked for."""

import re

from forms.definition import Form
from forms.landlord import Landlord
from forms.languages import long_date
from server.models.campaigns import Campaign, Channel
from server.models.copies import RunKind

MINUTES = re.compile(r"(\d+)\s+minutes")
"""How a form's own introduction says how long it takes."""

QUESTIONS_A_MINUTE = 3
"""For a form that does not say: reading and ticking takes an older reader 15 to 20 seconds a question."""

FIRST = (
    "We want to know what you think. With this letter is our form “{title}”. What you and your neighbours tell us "
    "shows us what works well, and what we must put right."
)

REMINDER = (
    "Not long ago we sent you our form “{title}”. We do not have your answer yet, so here is another copy. If you have "
    "posted yours in the last few days, thank you: you can put this one aside."
)

HOW = (
    "It takes about {minutes} minutes. Please fill it in with a pen and post it by {closes_on} to {return_address}."
    "{stamp} The code at the top tells us that your home has answered, so that we do not ask you again."
)

NO_STAMP = " You do not need a stamp."

ON_SCREEN = "You can also answer on our touch screen{where}. Type in the code from the top of your form."

FREE = (
    "It is up to you whether you take part, and you can leave out any question. If you would rather not, nothing "
    "changes for you or your home."
)

HELP = (
    "Would you like help, large print, another language or another format? Call {phone} or email {email}. We are glad "
    "to help."
)

CLOSE = "Thank you,\nyour housing team at {landlord}"


def default_letter(campaign: Campaign, form: Form, landlord: Landlord, kind: RunKind) -> str:
    """Give a letter in plain English: why, how long, how to send it back, that one is free, how to get help."""
    opening = REMINDER if kind is RunKind.REMINDER else FIRST
    screen = [ON_SCREEN] if Channel.KIOSK in campaign.channels else []
    details = landlord.details() | {
        "title": form.title.filled(form.language, landlord.details()),
        "minutes": str(_minutes(form)),
        "stamp": NO_STAMP if "freepost" in landlord.return_address.casefold() else "",
        "closes_on": long_date(campaign.closes_on, "en"),
        "where": f" at {' or '.join(site.name for site in campaign.sites)}" if campaign.sites else "",
    }
    return "\n\n".join(part.format(**details) for part in (opening, HOW, *screen, FREE, HELP, CLOSE))


def _minutes(form: Form) -> int:
    said = MINUTES.search(form.introduction[form.language])
    return int(said[1]) if said else max(2, -(-len(form.questions) // QUESTIONS_A_MINUTE))
