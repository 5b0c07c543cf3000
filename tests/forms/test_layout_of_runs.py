"""A run of copies is as good a template as the form that it was made from."""

from pathlib import Path

from forms.codes.copy_code import new_copy_codes
from forms.copies import print_run
from forms.layout import layout_of
from forms.layout.opening import PAGES_MAX
from tests.forms.paper import EVERY_KIND
from tests.forms.paper import printing as made_once


def test_the_layout_of_a_run_is_that_of_its_form_however_long_the_run(tmp_path: Path) -> None:
    printing = made_once(EVERY_KIND)
    form, run = tmp_path / "form.pdf", tmp_path / "run.pdf"
    form.write_bytes(printing.pdf)
    print_run(printing, new_copy_codes(PAGES_MAX // printing.pages + 1), run)
    assert layout_of(run) == layout_of(form)
