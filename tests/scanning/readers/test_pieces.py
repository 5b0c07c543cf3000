"""A file that is being read, as its parent sees it."""

import os
from pathlib import Path

import pytest

from scanning.readers import Portion
from scanning.readers.messages import Aside, PageRead
from scanning.readers.pieces import CHANGED, Incoming
from scanning.readings import Refusal, SetAside

BLANK = PageRead(index=0, stored_px=None, outcomes=(Aside(SetAside(Refusal.BLANK_PAGE, "blank")),), crops=((),))


@pytest.mark.parametrize("changes", [True, False])
def test_a_page_is_kept_only_if_its_file_was_not_written_to_since_it_was_opened(
    tmp_path: Path, *, changes: bool
) -> None:
    path = tmp_path / "scan"
    path.write_text("old")
    file = Incoming(Portion(path), 0)
    os.close(file.open())
    if changes:
        path.write_text("newer")
    file.keep(BLANK, ())
    (kept,) = file.found[0]
    assert isinstance(kept.outcome, SetAside)
    assert kept.outcome.detail == (CHANGED if changes else "blank")


def test_a_file_that_is_kept_for_good_may_be_given_a_new_time_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_text("kept")
    file = Incoming(Portion(path, may_change=False), 0)
    os.close(file.open())
    os.utime(path, (1, 1))
    file.keep(BLANK, ())
    (kept,) = file.found[0]
    assert isinstance(kept.outcome, SetAside)
    assert kept.outcome.detail == "blank"
