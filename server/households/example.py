"""A small list of made-up households, to show what can be imported."""

from typing import Final

from server.sheets import csv_bytes

HEADINGS: Final = (
    "UPRN",
    "Tenant name",
    "Address line 1",
    "Address line 2",
    "Postcode",
    "Phone",
    "Email",
    "Area",
    "Scheme",
    "Tenure",
    "Date of birth",
    "Property type",
    "No reminder",
)

ROWS: Final = (
    ("10001000001", "Ada Marsh", "1 Rose Court", "Northfield", "NF1 1AA", "01632 960001", "ada@example.org",
     "North", "Rose Court", "Secure", "02/01/1950", "Flat", "no"),
    ("10001000002", "Bilal Khan", "2 Rose Court", "Northfield", "NF1 1AA", "01632 960002", "",
     "North", "Rose Court", "Secure", "14/07/1986", "Flat", "no"),
    ("10001000003", "Cerys Powell", "14 Mill Lane", "Southfield", "SF2 3BB", "", "cerys@example.org",
     "South", "", "Shared ownership", "30/11/1971", "House", "yes"),
)  # fmt: skip
"""The numbers are Ofcom's for drama, the addresses under example.org."""


def example_csv() -> bytes:
    """Give the example as CSV."""
    return csv_bytes(HEADINGS, ROWS)
