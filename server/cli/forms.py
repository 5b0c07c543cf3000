"""`sayso forms`: list, show and check the forms, and describe to an editor how one is written."""

import json
import sys

import click

from forms import library, reading
from forms.definition import Form, LanguageStatus
from forms.errors import FormsError
from forms.loading import DefinitionError
from server.cli import Exit
from server.cli.outline import outline
from server.cli.tables import show, table
from server.config import load_settings


@click.group(name="forms")
def command() -> None:
    """List, show and check the forms.

    A FORM is the name of one that ships, or a file.
    """


@command.command(name="list")
def list_forms() -> None:
    """List the forms that ship."""
    made = table("Form", "Title", "Version", "Questions", "Languages")
    details = load_settings().who().details()
    for form in library.library():
        title = form.title.filled(form.language, details)
        made.add_row(form.form, title, form.version_name, str(len(form.questions)), _languages(form))
    show(made)


def _languages(form: Form) -> str:
    drafts = {LanguageStatus.DRAFT: " (draft)", LanguageStatus.FINAL: ""}
    return ", ".join(f"{language}{drafts[status]}" for language, status in form.languages.items())


@command.command(name="show", short_help="Show a form in plain words.")
@click.argument("form")
@click.option("--language", metavar="CODE", help="One of the form's languages; its first unless named.")
def show_form(form: str, language: str | None) -> None:
    """Show a form in plain words: its questions, answers and routing."""
    found = library.find(form)
    if language is not None and language not in found.languages:
        known = ", ".join(found.languages)
        raise click.BadParameter(f"{found.form} is not in '{language}'. It is in: {known}.", param_hint="--language")
    click.echo(outline(found, language or found.language, load_settings().who()))


@command.command(short_help="Check forms, and name every mistake with its remedy.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[str, ...]) -> int:
    """Check forms: each mistake is shown with its file, line, key and remedy."""
    wrong = False
    for file in files:
        try:
            form = library.find(file)
        except DefinitionError as error:
            wrong = True
            for mistake in error.mistakes:
                click.echo(str(mistake), err=True)
        except FormsError as error:
            wrong = True
            click.echo(str(error), err=True)
        else:
            click.echo(f"{file}: {form.form}, version {form.version_name}, is right.")
    return Exit.BAD_INPUT if wrong else Exit.OK


@command.command(short_help="Print the JSON Schema, for editors.")
def schema() -> None:
    """Print the JSON Schema of a form, for editors that check and complete YAML."""
    rules = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Form.model_json_schema()}
    json.dump(rules, sys.stdout, indent=2, ensure_ascii=False)
    click.echo()


@command.command(name="reading-age", short_help="Print how old a reader of a form must be.")
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@click.option("--all", "every", is_flag=True, help="Show every passage, not only each form's hardest.")
def reading_age(forms: tuple[str, ...], every: bool) -> int:
    """Print the reading age of the English words of forms: of all that ship, unless some are named.

    It is the Flesch-Kincaid grade plus five, of every passage that is read at once (a question with its help
    and its answers) and of every text of eight words or more alone. Words fixed by the regulator are left out.
    """
    made = table("Form", "Passages", "Reading age", "Hardest", "Its words")
    oldest = 0.0
    for form in (library.find(name) for name in forms or library.names()):
        found = sorted(reading.passages(form, load_settings().who()), key=lambda one: -one.age)
        oldest = max([oldest, *(passage.age for passage in found)])
        for passage in found if every else found[:1]:
            words = " / ".join(passage.words.splitlines())
            made.add_row(form.form, str(len(found)), f"{passage.age:.1f}", passage.place, words)
    show(made)
    click.echo(f"The highest reading age is {oldest:.1f}; at most {reading.AGE_MAX:.0f} is wanted.")
    return Exit.OK if oldest <= reading.AGE_MAX else Exit.BAD_INPUT
