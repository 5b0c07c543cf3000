"""Templates → PDF, in the type of our paper. Nothing is fetched but the fonts that ship."""

from collections.abc import Iterable
from contextlib import ExitStack
from functools import cache
from io import BytesIO

import pikepdf
from jinja2 import Environment, PackageLoader, StrictUndefined
from pikepdf import Name, Pdf
from weasyprint import HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from forms.paper import fonts


def rendered(template: str, **values: object) -> Document:
    """Give the pages of a template."""
    html = _templates().get_template(template).render(fonts=_font_urls(), **values)
    return HTML(string=html, url_fetcher=_fetcher()).render(font_config=_font_config())


def joined(parts: Iterable[bytes], *, beneath: bytes | None = None) -> bytes:
    """Give one PDF of several; the page of `beneath` is kept once and drawn beneath each page."""
    out = BytesIO()
    with Pdf.new() as whole, ExitStack() as opened:
        for part in parts:
            whole.pages.extend(opened.enter_context(Pdf.open(BytesIO(part))).pages)
        if beneath is not None:
            shared = opened.enter_context(Pdf.open(BytesIO(beneath))).pages[0].as_form_xobject()
            _draw_beneath(whole, whole.copy_foreign(shared))
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _draw_beneath(pdf: Pdf, shared: pikepdf.Object) -> None:
    for page in pdf.pages:
        page.contents_add(f"q {page.add_resource(shared, Name.XObject)} Do Q".encode(), prepend=True)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("server.runs.addressed"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _fetcher() -> URLFetcher:
    return URLFetcher(allowed_protocols=("file",))


@cache
def _font_config() -> FontConfiguration:
    return FontConfiguration()


@cache
def _font_urls() -> dict[str, dict[int, str]]:
    families = {"Sayso": fonts.LATIN, "SaysoArabic": fonts.ARABIC}
    return {
        name: {weight: fonts.path_of(file).as_uri() for weight, file in files.items()}
        for name, files in families.items()
    }
