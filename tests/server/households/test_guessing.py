"""Columns are guessed by their headings, or matched as they were the last time."""

import pytest

from server.households.fields import Field
from server.households.guessing import guessed
from server.households.matching import mistakes


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("UPRN", Field.CODE),
        ("Property Ref", Field.CODE),
        ("TenancyReference", Field.CODE),
        ("household code", Field.CODE),
        ("Area code", Field.LEAVE_OUT),
        ("Tenant Name", Field.NAME),
        ("Forename", Field.NAME),
        ("Surname", Field.NAME),
        ("AddressLine2", Field.ADDRESS),
        ("House number", Field.ADDRESS),
        ("Town", Field.ADDRESS),
        ("PostCode", Field.POSTCODE),
        ("post_code", Field.POSTCODE),
        ("Mobile no.", Field.PHONE),
        ("Telephone", Field.PHONE),
        ("E-mail address", Field.EMAIL),
        ("Ward", Field.AREA),
        ("Neighbourhood", Field.AREA),
        ("Scheme name", Field.SCHEME),
        ("Estate", Field.SCHEME),
        ("Tenure", Field.TENURE),
        ("Tenancy type", Field.TENURE),
        ("Age band", Field.AGE_BAND),
        ("D.O.B.", Field.BIRTH),
        ("DateOfBirth", Field.BIRTH),
        ("Property type", Field.PROPERTY_TYPE),
        ("Do not remind", Field.NO_REMINDER),
        ("Wants no reminder", Field.NO_REMINDER),
        ("Reminder sent", Field.LEAVE_OUT),
        ("Rent account balance", Field.LEAVE_OUT),
        ("Language", Field.LEAVE_OUT),
        ("Manager", Field.LEAVE_OUT),
    ],
)
def test_a_heading_says_what_its_column_holds(heading: str, field: Field) -> None:
    assert guessed([heading]) == {heading: field}


def test_of_two_codes_the_uprn_is_believed() -> None:
    assert guessed(["Property reference", "UPRN"]) == {"Property reference": Field.LEAVE_OUT, "UPRN": Field.CODE}


def test_a_whole_name_needs_no_parts() -> None:
    found = guessed(["Title", "Surname", "Tenant name"])
    assert found == {"Title": Field.LEAVE_OUT, "Surname": Field.LEAVE_OUT, "Tenant name": Field.NAME}


def test_parts_of_a_name_are_all_taken() -> None:
    assert set(guessed(["Title", "First name", "Surname"]).values()) == {Field.NAME}


def test_a_second_column_of_one_kind_is_left_out() -> None:
    assert guessed(["Home phone", "Mobile"])["Mobile"] is Field.LEAVE_OUT
    assert guessed(["DOB", "Age"])["Age"] is Field.LEAVE_OUT


def test_columns_are_matched_as_the_last_time() -> None:
    before = {"UPRN": "leave_out", "Key": "code", "Beds": "profile", "Gone": "area"}
    found = guessed(["UPRN", "Key", "Beds", "Ward"], before)
    assert found == {"UPRN": Field.LEAVE_OUT, "Key": Field.CODE, "Beds": Field.PROFILE, "Ward": Field.AREA}


def test_guesses_make_no_mistake() -> None:
    headings = ["UPRN", "Ref", "Name", "Surname", "DOB", "Age band", "Ward", "Area", "Tel", "Mobile", "Email", "E-mail"]
    assert mistakes(guessed(headings)) == {}


def test_a_code_is_needed() -> None:
    assert list(mistakes({"Name": Field.NAME})) == [""]


def test_two_columns_for_one_thing_are_a_mistake() -> None:
    assert list(mistakes({"A": Field.CODE, "B": Field.CODE})) == ["B"]
    assert list(mistakes({"A": Field.CODE, "Born": Field.BIRTH, "Age": Field.AGE_BAND})) == ["Born"]
    assert mistakes({"A": Field.CODE, "B": Field.ADDRESS, "C": Field.ADDRESS, "D": Field.NAME, "E": Field.NAME}) == {}
