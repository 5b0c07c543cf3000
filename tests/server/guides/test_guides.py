"""Every guide can be read on the site, shows pictures that are there, and is plain English."""

import re
from collections.abc import Callable

import pytest
from markupsafe import escape

from forms.reading import reading_age
from server.errors import NotFoundError
from server.guides.reading import FOLDER, ORDER, PICTURES, guide, guides
from server.models.officers import Role
from tests.server.conftest import Browser

AGE_MAX = {"host": 9.0, "officer": 9.0, "form-writer": 9.0}
"""Years: these are read beside the work. The others are for people whose trade it is."""

AGE_MAX_OTHERS = 12.0
PICTURE = re.compile(r"!\[([^\]]+)\]\((pictures/[^)]+)\)")
UNREAD = re.compile(r"```(?:.|\n)*?```|^\|.*$|^#.*$|!\[[^\]]*\]\([^)]*\)|[*_`]", re.MULTILINE)
"""Examples, tables, headings, pictures and signs: no sentences that a person reads."""


def test_each_file_of_a_guide_is_listed() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(ORDER)


def test_a_viewer_finds_every_guide_from_the_page_that_lists_them(as_role: Callable[[Role], Browser]) -> None:
    viewer = as_role(Role.VIEWER)
    listing = viewer.get("/guides/").get_data(as_text=True)
    assert "`" not in listing, "signs of Markdown are no words"
    for one in guides():
        assert f'href="/guides/{one.name}"' in listing
        page = viewer.get(f"/guides/{one.name}").get_data(as_text=True)
        assert f"<h1>{escape(one.title)}</h1>" in page
        assert all(
            f'<h2 id="{heading.anchor}">' in page and f'href="#{heading.anchor}"' in page for heading in one.headings
        )


@pytest.mark.parametrize("name", ORDER)
def test_the_pictures_of_a_guide_are_there_and_described(name: str, as_role: Callable[[Role], Browser]) -> None:
    viewer = as_role(Role.VIEWER)
    for words, address in PICTURE.findall((FOLDER / f"{name}.md").read_text(encoding="utf-8")):
        assert len(words) > 20
        assert (PICTURES / address.removeprefix("pictures/")).is_file(), address
        with viewer.get(f"/guides/{address}") as answer:
            assert answer.mimetype == "image/png"


def test_what_is_no_guide_is_not_found(as_role: Callable[[Role], Browser]) -> None:
    with pytest.raises(NotFoundError):
        guide("../officer")
    viewer = as_role(Role.VIEWER)
    assert viewer.get("/guides/nothing").status_code == 404
    assert viewer.get("/guides/pictures/../officer.md").status_code == 404


@pytest.mark.parametrize("name", ORDER)
def test_a_guide_is_in_plain_english(name: str) -> None:
    words = UNREAD.sub("", (FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    assert words.count(" ") > 100
    assert reading_age(words) <= AGE_MAX.get(name, AGE_MAX_OTHERS)
