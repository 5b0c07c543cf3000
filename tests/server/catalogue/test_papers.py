"""A form's paper to look at."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from forms import library
from forms.errors import FormsError
from forms.landlord import Landlord
from forms.paper.editions import EditionName, SizeName
from server.catalogue import papers
from server.catalogue.papers import Papers, Wanted
from server.errors import NotFoundError


def wanted(size: SizeName = SizeName.A5, edition: EditionName = EditionName.CLEAR, phone: str = "1") -> Wanted:
    return Wanted(library.find("reply-slip"), Landlord(phone=phone), edition, size, "en")


def test_a_paper_is_made_once_with_a_picture_of_each_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Papers(tmp_path)
    assert kept.kept(wanted()) is None
    made = kept.made(wanted())
    with pypdfium2.PdfDocument(made.pdf()) as pdf:
        assert made.pages == len(pdf)
    with Image.open(made.folder / "1.png") as picture:
        assert picture.size == pytest.approx(wanted().picture_px, abs=1)
        assert len(set(picture.convert("L").tobytes())) > 2  # something is drawn
    monkeypatch.setattr("forms.paper.printing.print_form", None)
    assert kept.made(wanted()) == made
    with pytest.raises(NotFoundError):
        made.picture(99)


def test_another_landlord_edition_or_size_is_another_paper() -> None:
    keys = {
        one.key for one in (wanted(), wanted(phone="2"), wanted(size=SizeName.A4), wanted(edition=EditionName.GIANT))
    }
    assert len(keys) == 4


def test_what_cannot_be_printed_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    too_small = wanted(SizeName.A6, EditionName.GIANT)
    with pytest.raises(FormsError, match="choose a larger size"):
        Papers(tmp_path).made(too_small)
    assert Papers(tmp_path).kept(too_small) is None


def test_the_oldest_papers_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "PAPERS_KEPT", 1)
    kept = Papers(tmp_path)
    kept.made(wanted())
    kept.made(wanted(phone="2"))
    assert kept.kept(wanted()) is None
    assert kept.kept(wanted(phone="2")) is not None
