"""The benches of other people's forms never pass by measuring nothing."""

from pathlib import Path

import pytest

from scanning.foreign import ForeignLibrary, ForeignPage
from scanning.foreign.templates import drawn
from tests.bench import adopting, beside, flat, foreign
from tests.scanning.foreign.theirs import their_pdf


def test_without_the_real_forms_nothing_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert adopting.main([str(tmp_path)]) == 1
    assert flat.main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.count("nothing was measured") == 2


def test_without_the_real_forms_made_ones_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[dict[str, bytes]] = []

    def filled(contents: dict[str, bytes], *_: object) -> bool:
        read.append(contents)
        return True

    monkeypatch.setattr(foreign, "_filled", filled)
    monkeypatch.setattr(foreign, "_strangers", bool)
    assert foreign.main([str(tmp_path), "--quick"]) == 0
    assert list(read[0].values()) == [their_pdf(1), their_pdf(2)]


def test_a_made_form_that_is_filled_in_and_worn_is_read_right() -> None:
    content = their_pdf(1)
    template = foreign.known(content)
    library = ForeignLibrary({template.printing: template})
    count = foreign.Count()
    [page] = template.pages
    assert isinstance(page, ForeignPage)
    [printed] = drawn(content, foreign.DPI / 25.4)
    foreign.of_page(count, library, page, printed, "grey", "made", 0)
    assert (count.pages, count.registered, count.wrong) == (1, 1, 0)
    assert count.questions == 9


def test_words_beside_boxes_that_nobody_sees_are_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert beside.main([str(tmp_path), "--quick"]) == 0
    monkeypatch.setattr(beside, "beside", lambda *_: [])
    assert beside.main([str(tmp_path), "--quick"]) == 1
