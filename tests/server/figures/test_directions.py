"""The rules kept as data: methods, tenures, years."""

from datetime import date

import pytest

from server.figures.directions import Method, Population, direction
from server.figures.years import ReportingYear
from server.models.campaigns import Channel


@pytest.mark.parametrize(
    ("channel", "method", "found"),
    [
        (Channel.PAPER, "", Method.POSTAL),
        (Channel.TYPED_PDF, "", Method.INTERNET),
        (Channel.KIOSK, "", Method.OTHER),
        (Channel.HELPED, "Telephone", Method.TELEPHONE),
        (Channel.HELPED, "face to face", Method.FACE_TO_FACE),
        (Channel.IMPORTED, "E-mail", Method.INTERNET),
        (Channel.IMPORTED, "Text message", Method.SMS),
        (Channel.IMPORTED, "carrier pigeon", Method.OTHER),
        (Channel.HELPED, "", Method.OTHER),
    ],
)
def test_an_answer_has_the_method_it_names_else_its_channels(channel: str, method: str, found: Method) -> None:
    assert direction().method_of(channel, method) == found


@pytest.mark.parametrize(
    ("tenure", "found"),
    [
        ("Secure", Population.RENTED),
        ("Introductory tenancy", Population.RENTED),
        ("", Population.RENTED),
        ("Leaseholder", Population.OUTSIDE),
        ("Shared ownership", Population.SHARED),
        ("Shared-owner leasehold", Population.OUTSIDE),
    ],
)
def test_a_tenure_says_how_its_home_is_reported(tenure: str, found: Population) -> None:
    assert direction().population_of(tenure) == found


def test_a_reporting_year_is_from_april_to_march() -> None:
    year = ReportingYear.named("2026-27")
    assert (year.first, year.last) == (date(2026, 4, 1), date(2027, 3, 31))
    assert ReportingYear.of(date(2027, 3, 31)) == year
    assert date(2027, 4, 1) not in year
    assert str(year) == "2026-27"


@pytest.mark.parametrize("name", ["2026", "2026-28", "26-27", "2026/27"])
def test_what_is_no_year_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a reporting year"):
        ReportingYear.named(name)
