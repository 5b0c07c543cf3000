"""The made-up landlord and its homes: nobody of these lives anywhere."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.sheets import csv_bytes

NAME: Final = "Ashbourne Vale Council (made up)"

SETTINGS: Final = f"""\
# Made by `make demo`. This landlord is made up, and so is everybody in it.

[landlord]
landlord = "{NAME}"
phone = "01632 960100"
email = "homes@ashbournevale.example"
website = "ashbournevale.example"
return_address = "Freepost ASHBOURNE VALE (MADE UP)"
complaints_phone = "01632 960101"
newsletter = "Vale Voices"

[[kiosk.you_said]]
said = "Repairs take too long"
did = "Two more plumbers since May"

[[kiosk.you_said]]
said = "We never hear what came of it"
did = "Results are in every newsletter"
"""
"""The telephone numbers are Ofcom's for drama; .example can belong to nobody."""

FIRST: Final = ("Ada", "Bilal", "Cerys", "Dorota", "Elif", "Femi", "Grace", "Hamid", "Iris", "Jakub", "Keira", "Leon",
                "Maya", "Noor", "Owen", "Priya", "Rhys", "Sana", "Tom", "Wren")  # fmt: skip
LAST: Final = ("Marsh", "Khan", "Powell", "Nowak", "Demir", "Okoro", "Fielding", "Rahman", "Hartley", "Kowalski",
               "Bright", "Osei", "Penrose", "Aziz", "Vaughan")  # fmt: skip

STREETS: Final = (
    ("Rose Court", "Flat", "North"), ("Mill Lane", "House", "North"), ("Orchard Rise", "House", "North"),
    ("Priory Gardens", "Bungalow", "South"), ("Quarry Street", "House", "South"), ("Tower House", "Flat", "South"),
)  # fmt: skip
"""Each with what its homes are, and where it lies."""

HEADINGS: Final = ("UPRN", "Tenant name", "Address line 1", "Address line 2", "Postcode", "Phone", "Email", "Area",
                   "Scheme", "Tenure", "Date of birth", "Property type")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Home:
    """A home by its code, with its row of the landlord's list."""

    code: str
    area: str
    row: tuple[str, ...]


def homes(count: int) -> Sequence[Home]:
    """Give so many homes, the same each time."""
    chance = random.Random(1)
    return [_home(number, chance) for number in range(count)]


def _home(number: int, chance: random.Random) -> Home:
    street, kind, area = STREETS[number % len(STREETS)]
    first, last = chance.choice(FIRST), chance.choice(LAST)
    code = f"1000{number + 1:07}"
    postcode = f"AV{1 + STREETS.index((street, kind, area))} {1 + number % 9}AA"
    born = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1938, 2004)}"
    phone = f"01632 960{200 + number:03}"
    email = f"{first}.{last}@example.org".lower() if chance.random() < 0.6 else ""
    tenure = chance.choices(("Secure", "Introductory"), (9, 1))[0]
    address = f"{number // len(STREETS) + 1} {street}"
    return Home(
        code,
        area,
        (code, f"{first} {last}", address, "Ashbourne Vale (made up)", postcode, phone, email, area, street, tenure,
         born, kind),
    )  # fmt: skip


def homes_csv(made: Sequence[Home]) -> bytes:
    """Give the landlord's list, as its housing system would write it."""
    return csv_bytes(HEADINGS, [home.row for home in made])
