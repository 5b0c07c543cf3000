"""Files that are broken, locked, too large or made to do harm: one clear line each, soon."""

import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from forms.layout import LayoutError, layout_of, values_of
from tests.forms.pdfs import Draft

ERROR_WITHIN_S = 20
"""Both limits come to 8 s; the rest is for a busy machine, which has two children to start."""

BOMB_BLOCK = 16 * 2**20


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """Every answer comes within the time that the limits promise, good or bad."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < ERROR_WITHIN_S


def bomb(megabytes: int) -> bytes:
    """Give a deflate stream of spaces that is about a thousand times smaller than what comes out of it."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b" " * BOMB_BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + block * (megabytes * 2**20 // BOMB_BLOCK) + packer.flush()


def saved(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "form.pdf"
    path.write_bytes(data)
    return path


def refusal(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        layout_of(saved(tmp_path, data))
    message = str(caught.value)
    assert message.startswith("form.pdf: ")
    assert len(message.splitlines()) == 1
    return message


def form() -> Draft:
    draft = Draft()
    draft.text("name", (150, 700, 300, 720))
    draft.words((100, 705, "Name"))
    return draft


def raw(*objects: bytes) -> bytes:
    """Give a PDF of objects numbered from 1, of which the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows)
    return out + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))


def test_a_sound_form_is_read_through_the_child(tmp_path: Path) -> None:
    path = saved(tmp_path, form().saved())
    assert [(field.name, field.label) for field in layout_of(path).fields] == [("name", "Name")]
    assert values_of(path) == {"name": None}


def test_a_form_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    data = form().saved(encryption=pikepdf.Encryption(owner="office", user=""))
    assert len(layout_of(saved(tmp_path, data)).fields) == 1


def test_a_form_with_a_password_asks_for_a_copy_without_one(tmp_path: Path) -> None:
    data = form().saved(encryption=pikepdf.Encryption(owner="office", user="tenant"))
    assert "locked with a password; save a copy without one" in refusal(tmp_path, data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n" * 40, "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not a PDF"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + bytes(5000), "damaged"),
    ],
)
def test_what_is_no_pdf_is_named_for_what_it_is(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in refusal(tmp_path, data)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_a_form_that_was_cut_short_is_never_a_traceback(tmp_path: Path, share: float) -> None:
    data = form().saved()
    message = refusal(tmp_path, data[: int(len(data) * share)])
    assert "download it again" in message
    assert "BufferedReader" not in message


def test_a_form_that_only_lost_its_last_lines_is_still_read(tmp_path: Path) -> None:
    data = form().saved()
    assert len(layout_of(saved(tmp_path, data[: data.rindex(b"startxref")])).fields) == 1


def test_a_file_too_large_for_a_form_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "archive.pdf"
    with path.open("wb") as file:
        file.truncate(900 * 2**20)
    with pytest.raises(LayoutError, match=r"archive\.pdf: the file has 900 MB, more than 64 MB"):
        layout_of(path)


def test_folders_and_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="not a file"):
        layout_of(tmp_path)
    with pytest.raises(LayoutError, match=r"none.pdf: cannot be opened \(No such file"):
        values_of(tmp_path / "none.pdf")


def test_more_pages_than_any_form_has(tmp_path: Path) -> None:
    assert "2001 pages, more than 2000" in refusal(tmp_path, Draft(pages=2001).saved())


def test_more_fields_than_any_form_has(tmp_path: Path) -> None:
    widgets = b"<</Subtype/Widget/FT/Tx/T(a)/Rect[1 1 9 9]>>" * 20_001
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Annots[%b]>>" % widgets
    data = raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page)
    assert "more than 20000 fields" in refusal(tmp_path, data)


def test_a_page_that_swells_to_gigabytes_costs_only_the_labels(tmp_path: Path) -> None:
    draft = form()
    draft.page().Contents = draft.pdf.make_stream(bomb(3000), Filter=Name.FlateDecode)
    (field,) = layout_of(saved(tmp_path, draft.saved(compress_streams=False))).fields
    assert (field.name, field.label) == ("name", "")


def test_an_object_stream_that_swells_to_gigabytes_is_refused(tmp_path: Path) -> None:
    packed = bomb(3000)
    stream = b"<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed)
    body = b"%%PDF-1.7\n1 0 obj\n%b\nendobj\n" % stream
    rows = b"\x00" * 6 + b"\x01" + (9).to_bytes(4, "big") + b"\x00" + b"\x02" + (1).to_bytes(4, "big") + b"\x00"
    index = b"3 0 obj\n<</Type/XRef/Size 3/W[1 4 1]/Root 2 0 R/Length %d>>stream\n%b\nendstream\nendobj\n"
    end = b"startxref\n%d\n%%%%EOF\n" % len(body)
    assert refusal(tmp_path, body + index % (len(rows), rows) + end)


def test_a_page_tree_without_a_bottom_is_refused(tmp_path: Path) -> None:
    depth = 20_000
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1) for number in range(2, depth)]
    assert "damaged" in refusal(tmp_path, raw(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page>>"))


def test_a_page_tree_that_bites_its_tail_is_refused(tmp_path: Path) -> None:
    data = raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>")
    assert "damaged" in refusal(tmp_path, data)


def test_arrays_within_arrays_without_end_are_refused(tmp_path: Path) -> None:
    deep = b"[" * 300_000 + b"]" * 300_000
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Annots %b>>" % deep
    data = raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page)
    assert refusal(tmp_path, data)


def test_a_list_of_fields_that_every_page_shares_ends_in_time(tmp_path: Path) -> None:
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 1505))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Annots 3 0 R>>"
    data = raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1500/Kids[%b]>>" % kids,
        b"[%b]" % (b"4 0 R " * 1_000_000),
        b"<</Subtype/Widget/FT/Tx/T(a)/Rect[1 1 9 9]>>",
        *[page] * 1500,
    )
    assert refusal(tmp_path, data)


def test_a_value_that_swells_to_gigabytes_is_refused(tmp_path: Path) -> None:
    draft = form()
    draft.page().Annots[0].V = draft.pdf.make_stream(bomb(3000), Filter=Name.FlateDecode)
    with pytest.raises(LayoutError, match=r"form\.pdf: "):
        values_of(saved(tmp_path, draft.saved(compress_streams=False)))
