"""Whatever a landlord is called and a form asks, the paper shows it, or is refused; nothing is ever fetched."""

import http.server
import threading
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest

from forms import library
from forms.definition import Form
from forms.landlord import Landlord
from forms.loading import parse_form
from forms.paper.carried import PaperError
from forms.paper.pagination import TooTallError
from forms.paper.printing import print_form
from tests.forms.paper import Case, printing


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("address", ["St John's Court & Co", 'The "Cove" <LE13>', "C:\\\\homes; } @page { size: 1mm }"])
def test_the_foot_says_the_address_as_it_is_written(address: str) -> None:
    printing = print_form(library.find("poll"), replace(Landlord(), return_address=address))
    assert address in words_of(printing.pdf)


def test_no_words_can_make_the_layout_fetch_anything() -> None:
    asked = []

    class Notes(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Notes) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/seen.svg"
        for words in (
            f"x\n}} }} body {{ background: url({url}) }}",
            f'<img src="{url}">',
            f'"; }} * {{ background: url({url})',
        ):
            print_form(library.find("poll"), replace(Landlord(), return_address=words, landlord=words))
        server.shutdown()
    assert asked == []


def changed(words: str, more: str) -> Form:
    content = library.path_of("event").read_text(encoding="utf-8")
    assert words in content
    return parse_form(content.replace(words, more, 1).encode(), "changed.yaml")


def test_letters_that_no_font_has_are_refused_by_name() -> None:
    with pytest.raises(PaperError, match="満"):
        print_form(changed("title: ", "title: 満足 "), Landlord())


def test_conditions_are_printed_in_the_order_of_the_questions_and_name_the_printing() -> None:
    form = parse_form(TWO_CONDITIONS.encode(), "two.yaml")
    other = parse_form(TWO_CONDITIONS.replace("{b: yes, a: no}", "{a: no, b: yes}").encode(), "two.yaml")
    first, second = (print_form(one, Landlord()) for one in (form, other))
    assert (first.name, first.pdf) == (second.name, second.pdf)
    flat = " ".join(words_of(first.pdf).split())
    assert "said “No” at question 1. Only answer this if you said “Yes” at question 2." in flat


TWO_CONDITIONS = """
form: two
version: "1"
title: Two
languages: {en: final}
introduction: Hello.
closing: Goodbye.
sections:
  - id: all
    questions:
      - {id: a, kind: yes_no, ask: First?}
      - {id: b, kind: yes_no, ask: Second?}
      - {id: c, kind: comment, ask: Why?, show_if: {b: yes, a: no}}
"""


def test_a_question_behind_a_scale_that_lies_says_when_to_answer_it() -> None:
    said = " ".join(words_of(printing(Case("walkabout")).pdf).split())
    assert said.count("Only answer this if you said") >= 7


def test_a_printing_is_named_by_what_is_drawn_not_only_by_its_boxes() -> None:
    reworded = changed("introduction: ", "introduction: ")
    names = {print_form(one, Landlord()).name for one in (reworded, library.find("event"))}
    names.add(print_form(library.find("event"), replace(Landlord(), phone="01664 502503")).name)
    assert len(names) == 2


def test_a_code_wider_than_the_page_is_refused() -> None:
    wide = TWO_CONDITIONS.replace(
        "{id: a, kind: yes_no",
        f"{{id: z, kind: code, pattern: '{'9' * 20}', ask: Code?}}\n      - {{id: a, kind: yes_no",
    )
    with pytest.raises(TooTallError, match="wider than the page"):
        print_form(parse_form(wide.encode(), "wide.yaml"), Landlord())


def test_a_word_longer_than_the_line_stays_on_the_page() -> None:
    long = changed("title: ", f"title: {'W' * 90} ")
    assert whole_words_outside(print_form(long, Landlord()).pdf) == 0


def whole_words_outside(pdf: bytes) -> int:
    """Count the letters that stand outside the sheet's margins."""
    outside = 0
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            outside += sum(right > page.get_width() - 20 for _, _, right, _ in boxes)
    return outside


def test_a_consent_that_hangs_on_an_answer_says_so() -> None:
    consent = TWO_CONDITIONS.replace("kind: comment, ask: Why?", "kind: consent, ask: I agree.")
    said = " ".join(words_of(print_form(parse_form(consent.encode(), "consent.yaml"), Landlord()).pdf).split())
    assert "Only answer this if you said “Yes” at question 2." in said
