"""`sayso adopt`: somebody else's fillable PDF in, a draft of a form out."""

from io import StringIO
from pathlib import Path

import click
from ruamel.yaml import YAML

from forms.adopting import Draft, binding_path, drafted, sheets_of
from forms.loading import DefinitionError, parse_form
from server.cli import Exit
from server.errors import ServerError

HEAD = """\
# A draft made of {name} by 'sayso adopt'. Read every question beside the PDF and mend its words and its kind.
# Which box of the PDF stands for which answer is in {fields}: it names the ids of this file.
"""


WIDTH = 110
"""Letters of a line."""


class WritingError(ServerError):
    """The draft cannot be written."""


@click.command("adopt")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.pdf")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FORM.yaml")
@click.option("--force", is_flag=True, help="Write over an earlier draft, and what was mended in it.")
def command(file: Path, output: Path, force: bool) -> int:
    """Make a draft of a form from any fillable PDF. Questions, kinds, answers, lengths.

    FORM.yaml is the definition. FORM.fields.json beside it keeps which box of the PDF stands for which answer.
    """
    if output.exists() and not force:
        raise WritingError(f"{output}: is there already. Name another file, or say --force to write over it.")
    draft = drafted(sheets_of(file), file.stem)
    text = definition_text(draft, file.name, binding_path(output).name)
    _write(output, text)
    _write(binding_path(output), draft.binding.to_json())
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


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WritingError(f"{path}: cannot be written ({error.strerror}). Check the folder.") from error
