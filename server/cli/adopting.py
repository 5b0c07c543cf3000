"""`sayso adopt`: somebody else's PDF, or a picture of their blank form, in; a draft of a form out."""

from io import StringIO
from pathlib import Path

import click
from ruamel.yaml import YAML

from forms.adopting import Draft, binding_path, drafted
from forms.loading import DefinitionError, parse_form
from server.adopting.taking_in import fillable_of
from server.cli import Exit
from server.errors import ServerError

HEAD = """\
# A draft made of {name} by 'sayso adopt'. Read every question beside the PDF and mend its words and its kind.
# Which box of the PDF stands for which answer is in {fields}: it names the ids of this file.
"""


BOXED = ".boxes.pdf"
"""What the name of a copy with found boxes ends in, in place of the definition's own suffix."""

WIDTH = 110
"""Letters of a line."""


class WritingError(ServerError):
    """The draft cannot be written."""


@click.command("adopt")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FORM.yaml")
@click.option("--force", is_flag=True, help="Write over an earlier draft, and what was mended in it.")
def command(file: Path, output: Path, force: bool) -> int:
    """Make a draft of a form from any PDF, or a picture of a blank form.

    Questions, kinds, answers and lengths are those of the PDF. FORM.yaml is the definition. FORM.fields.json beside it
    keeps which box of the PDF stands for which answer. Where FILE has no fields, its boxes are found by what is drawn,
    and FORM.boxes.pdf is a copy with them to read returns by.
    """
    boxed = output.with_name(f"{output.stem}{BOXED}")
    there = next((path for path in (output, binding_path(output), boxed) if path.exists()), None)
    if there is not None and not force:
        raise WritingError(f"{there}: is there already. Name another file, or say --force to write over it.")
    theirs = fillable_of(file)
    draft = drafted(theirs.sheets, file.stem)
    text = definition_text(draft, file.name, binding_path(output).name)
    _write(output, text)
    _write(binding_path(output), draft.binding.to_json())
    if theirs.is_found:
        _write(boxed, theirs.content)
        click.echo(f"{boxed}: a copy with the boxes that were found. Look whether all are right.")
    questions = [one for section in draft.definition["sections"] for one in section["questions"]]
    click.echo(
        f"{output}: {len(questions)} questions, of {len(draft.binding.fields)} fields. Read each beside the PDF."
    )
    return _checked(text, str(output))


def definition_text(draft: Draft, name: str, fields: str) -> str:
    """Give the draft as YAML with a head that says what it is."""
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = WIDTH
    written = StringIO()
    yaml.dump(draft.definition, written)
    return HEAD.format(name=name, fields=fields) + written.getvalue()


def _checked(text: str, name: str) -> int:
    """Say what has to be mended before the draft can be used."""
    try:
        parse_form(text.encode(), name)
    except DefinitionError as error:
        click.echo("Before it can be used, mend this:", err=True)
        for mistake in error.mistakes:
            click.echo(f"  {mistake}", err=True)
        return Exit.BAD_INPUT
    return Exit.OK


def _write(path: Path, content: str | bytes) -> None:
    try:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        raise WritingError(f"{path}: cannot be written ({error.strerror}). Check the folder.") from error
