"""The reports as PDFs: what they say, what they must not say, and how they can be read."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO

import page as checker
import pypdf
import pytest

from server.errors import NotFoundError, RefusedError
from server.models.officers import Role
from server.publishing.gathering import Gathered, gather, shared_homes
from server.publishing.reports import ABOUT, Kind, made
from server.store import Store
from tests.server.conftest import Browser
from tests.server.publishing.conftest import TODAY

PT = 0.75
"""WeasyPrint draws in CSS pixels, and scales the page."""


@pytest.fixture(scope="module")
def pdfs(gathered: Gathered, year_store: Store) -> Mapping[Kind, bytes]:
    shared = shared_homes(year_store, gathered)
    return {kind: made(kind, gathered, shared) for kind in Kind}


@pytest.fixture(scope="module")
def texts(pdfs: Mapping[Kind, bytes]) -> Mapping[Kind, str]:
    return {
        kind: " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).split())
        for kind, pdf in pdfs.items()
    }


@pytest.mark.parametrize("kind", Kind)
def test_a_checker_of_pdf_ua_finds_nothing(kind: Kind, pdfs: Mapping[Kind, bytes]) -> None:
    report = checker.validate_pdf_bytes(pdfs[kind], profile=checker.ValidationProfile.PDF_UA_1)
    assert [f"{found.rule_id}: {found.message}" for found in report.failures] == []
    title = pypdf.PdfReader(BytesIO(pdfs[kind])).metadata.title  # type: ignore[union-attr]
    assert title == f"{ABOUT[kind].title} 2026-27, Melton Borough Council"


def test_tenants_read_figures_in_plain_words_with_what_cannot_be_said(
    texts: Mapping[Kind, str], gathered: Gathered
) -> None:
    words, overall = texts[Kind.RESULTS], gathered.year.lines[0]
    assert (
        f"{gathered.year.counts.answers} homes of {gathered.year.counts.population} told us what they think." in words
    )
    assert "in 10 of you are satisfied with our service as a whole." in words
    assert f"{overall.share} %." in words
    assert "Too few of you who made a complaint answered to say how many" in words
    assert "The year is not over yet" in words
    assert "TO ADD: what was decided" in words


def test_tenants_read_at_14_points(pdfs: Mapping[Kind, bytes]) -> None:
    sizes = list[float]()
    page = pypdf.PdfReader(BytesIO(pdfs[Kind.RESULTS])).pages[0]
    page.extract_text(
        visitor_text=lambda text, _cm, _tm, _font, size: sizes.append(round(size * PT, 1)) if text.strip() else None
    )
    assert sizes.count(14) > 10
    assert min(sizes) == 9  # the page's foot


def test_the_table_has_every_measure_and_its_homes_apart(texts: Mapping[Kind, str], gathered: Gathered) -> None:
    words = texts[Kind.TABLE]
    for line in gathered.year.lines:
        assert words.count(line.code) >= 2
    assert f"{gathered.year.lines[0].share} %" in words
    assert "low-cost home ownership" in words
    assert "TP08 Treats tenants fairly and with respect fewer than 10 answers" in words
    assert "BS05" in words


def test_leaders_read_where_the_year_stands_and_who_is_not_heard(texts: Mapping[Kind, str]) -> None:
    words = texts[Kind.LEADERS]
    assert "answers give ±" in words
    assert "in 2024-25" in words
    assert "Area: South" in words
    assert "fewer than 50" in words


def test_the_summary_of_approach_marks_what_an_officer_must_add(texts: Mapping[Kind, str]) -> None:
    words = texts[Kind.APPROACH]
    for heading in range(1, 13):
        assert f"{heading}. " in words
    for part in ("contractors", "Incentives", "Weighting", "census", "DRAFT"):
        assert part in words
    assert words.count("TO ADD:") >= 6


def test_a_reason_that_could_tell_of_somebody_is_not_printed(texts: Mapping[Kind, str]) -> None:
    assert "Żuk" not in "".join(texts.values())
    assert "other reasons, each for fewer than 5 homes" in texts[Kind.APPROACH]
    assert "homes: Asked not to be" in texts[Kind.APPROACH]


def test_a_year_that_is_over_is_final(year_store: Store) -> None:
    assert not gather(year_store, {}, date(2027, 3, 31)).is_over
    assert gather(year_store, {}, date(2027, 4, 1)).is_over


def test_a_year_without_a_survey_and_a_year_that_is_none_are_refused(year_store: Store) -> None:
    with pytest.raises(RefusedError, match="no campaign of 2024-25"):
        gather(year_store, {"year": "2024-25"}, TODAY)
    with pytest.raises(NotFoundError):
        gather(year_store, {"year": "2024"}, TODAY)


def test_the_page_says_what_is_missing_before_there_is_a_survey(as_role: Callable[[Role], Browser]) -> None:
    viewer = as_role(Role.VIEWER)
    assert "nothing to report on yet" in viewer.get("/reports/").get_data(as_text=True)
    assert viewer.get("/reports/results.pdf").status_code == 400
    assert viewer.get("/reports/minutes.pdf").status_code == 404
