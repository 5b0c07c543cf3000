"""Templates → tagged PDF (PDF/UA), in the type of our paper. Nothing is fetched but the fonts that ship."""

from datetime import date, datetime
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from forms.paper import fonts
from server.web import words


def pdf_of(template: str, **values: object) -> bytes:
    """Give the PDF of a template."""
    html = _templates().get_template(template).render(fonts=_font_urls(), **values)
    return HTML(string=html, url_fetcher=_fetcher()).write_pdf(font_config=_font_config(), pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=ChoiceLoader([PackageLoader("server.publishing")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(day=_day, number=words.number, plain=words.plain)
    templates.globals.update(many=words.many)
    return templates


def _day(value: date | datetime | None) -> str:
    """Write a date that no line breaks apart."""
    return words.day(value).replace(" ", "\N{NO-BREAK SPACE}")


@cache
def _fetcher() -> URLFetcher:
    return URLFetcher(allowed_protocols=("file",))


@cache
def _font_config() -> FontConfiguration:
    return FontConfiguration()


@cache
def _font_urls() -> dict[int, str]:
    return {weight: fonts.path_of(file).as_uri() for weight, file in fonts.LATIN.items()}
