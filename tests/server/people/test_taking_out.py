"""Pages taken out of received files, and cut out of them, in a limited child."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from scanning.pages import PageImage, page_images, pages_in
from scanning.pages.limits import PageLimits
from server.errors import RefusedError
from server.people import pdf_pages, tiff_pages
from server.people.taking_out import pages_alone, without_pages
from server.store.files import Files
from tests.server.people.received import SIZE, frames, jpeg, pdf, picture, streams, tiff

WORDS = [f"person{number}" for number in range(1, 6)]
LIMITS = PageLimits()
WHITE = b"\xff" * (SIZE[0] * SIZE[1])
some_pages = st.sets(st.integers(1, 5), min_size=1, max_size=4)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def pdf_without(content: bytes, numbers: set[int]) -> bytes:
    out = BytesIO()
    pdf_pages.without(BytesIO(content), numbers, out)
    return out.getvalue()


def tiff_without(content: bytes, numbers: set[int]) -> bytes:
    return b"".join(tiff_pages.without(BytesIO(content), LIMITS, numbers))


@given(numbers=some_pages, compression=st.sampled_from([None, "tiff_lzw", "group4", "tiff_adobe_deflate", "jpeg"]))
@settings(max_examples=40, deadline=None)
def test_a_tiff_keeps_all_other_pages_to_the_pixel(numbers: set[int], compression: str | None) -> None:
    if compression == "group4":
        out = BytesIO()
        first, *others = (picture(word).convert("1") for word in WORDS)
        first.save(out, "TIFF", save_all=True, append_images=others, compression=compression)
        before = out.getvalue()
    else:
        before = tiff(WORDS, compression)
    after = tiff_without(before, numbers)
    pages = zip(range(1, 6), frames(before), frames(after), strict=True)
    assert all(now == (WHITE if number in numbers else was) for number, was, now in pages)


@given(numbers=some_pages)
@settings(max_examples=20, deadline=None)
def test_no_byte_of_a_page_that_goes_is_left_in_a_tiff(numbers: set[int]) -> None:
    before = tiff(WORDS)
    after = tiff_without(before, numbers)
    for number, word in enumerate(WORDS, 1):
        assert (after.count(word.encode()) == before.count(word.encode())) == (number not in numbers)
        assert (word.encode() in after) == (number not in numbers)


@given(numbers=some_pages, are_shared=st.booleans(), has_fields=st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_pdf_keeps_all_other_pages_pictures_to_the_byte(
    numbers: set[int], are_shared: bool, has_fields: bool
) -> None:
    before = pdf(WORDS, are_shared=are_shared, has_fields=has_fields)
    after = pdf_without(before, numbers)
    for number, (was, now) in enumerate(zip(streams(before), streams(after), strict=True), 1):
        assert now[0] == was[0]
        assert now[1] == ([] if number in numbers else was[1])
    for number, word in enumerate(WORDS, 1):
        assert (word.encode() in after) == (number not in numbers)


def test_what_others_typed_into_a_pdf_stays() -> None:
    after = pdf_without(pdf(WORDS, has_fields=True), {2})
    assert b"typed person1" in after
    assert b"typed person2" not in after


def test_a_small_copy_of_a_page_goes_with_it() -> None:
    out = BytesIO()
    first, small = picture("person1"), picture("person2")
    small.encoderinfo = {"tiffinfo": {254: 1}}
    first.save(out, "TIFF", save_all=True, append_images=[small, picture("person3")])
    assert tiff_pages.count(BytesIO(out.getvalue()), LIMITS) == 2
    after = tiff_without(out.getvalue(), {1})
    assert b"person2" not in after
    assert frames(after)[1] == picture("person3").tobytes()


@pytest.mark.parametrize("content", [pdf(WORDS), tiff(WORDS)], ids=["pdf", "tiff"])
def test_the_reader_still_reads_what_is_kept(content: bytes, files: Files) -> None:
    name = without_pages(files, files.add(content), [2, 4])
    assert name is not None
    kept = BytesIO(files.read(name))
    assert pages_in(kept, LIMITS) == 5
    assert all(isinstance(page, PageImage) for page in page_images(kept, LIMITS))


@pytest.mark.parametrize("content", [pdf(WORDS), tiff(WORDS), jpeg("person1")], ids=["pdf", "tiff", "jpeg"])
def test_a_file_is_not_kept_when_all_its_pages_go(content: bytes, files: Files) -> None:
    assert without_pages(files, files.add(content), [1, 2, 3, 4, 5]) is None


@pytest.mark.parametrize("content", [pdf(WORDS, are_shared=True), tiff(WORDS)], ids=["pdf", "tiff"])
def test_a_page_cut_out_shows_itself_and_holds_nothing_of_others(content: bytes, files: Files) -> None:
    _, alone = pages_alone(files, files.add(content), [1, 3])
    assert [word for word in WORDS if word.encode() in alone] == ["person3"]
    if content.startswith(b"%PDF"):
        assert streams(alone) == [streams(content)[2]]
    else:
        assert frames(alone) == [frames(content)[2]]
        with Image.open(BytesIO(alone)) as image:
            assert image.info["dpi"] == (100, 100)


def test_a_picture_is_handed_over_as_it_came(files: Files) -> None:
    assert list(pages_alone(files, files.add(jpeg("person1")), [1])) == [jpeg("person1")]


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"II*\0\x08\0\0\0", pdf(WORDS[:1]), tiff(WORDS[:1])])
def test_a_file_that_cannot_be_taken_apart_is_refused_in_words(content: bytes, files: Files) -> None:
    with pytest.raises(RefusedError, match="cannot be taken apart"):
        without_pages(files, files.add(content), [2])
