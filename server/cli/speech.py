"""`sayso speech`: make and check what the kiosk reads aloud of a form."""

from collections import Counter
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from forms import library
from server.cli import Exit
from server.cli.tables import show, table
from server.config import load_settings

if TYPE_CHECKING:
    from server.speech.clips import Made


@click.command(name="speech")
@click.argument("form")
@click.option("--language", "languages", metavar="CODE", multiple=True, help="One of its languages; all unless named.")
def command(form: str, languages: tuple[str, ...]) -> int:
    """Make and check what the kiosk reads aloud of a form.

    FORM is the name of one that ships, or a file. A clip that is kept and still right is only checked. What has no
    voice is listed; the exit code is then 4, as it is when a clip fails its check.
    """
    from kiosk.speech import of_form, of_kiosk, unique  # noqa: PLC0415 (loads the libraries of sound and database)
    from server.speech.clips import make  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    found = library.find(form)
    for language in languages:
        if language not in found.languages:
            known = ", ".join(found.languages)
            raise click.BadParameter(
                f"{found.form} is not in '{language}'. It is in: {known}.", param_hint="--language"
            )
    store = Store(load_settings())
    store.check_shape()
    landlord = store.settings.who()
    results: dict[str, Made] = {}
    with _progress() as progress:
        for language in languages or found.languages:
            wanted = unique((*of_form(found, language, landlord), *of_kiosk(language, landlord)))
            task = progress.add_task(f"{found.form} in '{language}'", total=len(wanted))
            results[language] = make(store, wanted, each=lambda task=task: progress.advance(task))  # type: ignore[misc]
    _show(results)
    return Exit.SET_ASIDE if any(made.silent or made.failed for made in results.values()) else Exit.OK


def _progress() -> Progress:
    console = Console(stderr=True)
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*parts, transient=True, console=console, disable=not console.is_terminal)


def _show(results: "dict[str, Made]") -> None:
    made_table = table("Language", "Utterances", "Made", "Kept", "Voices", "Seconds", "Quietest", "Loudest")
    for language, made in results.items():
        levels = [clip.level_db for clip in made.clips]
        voices = Counter(clip.voice for clip in made.clips)
        made_table.add_row(
            language,
            f"{len(made.clips) + len(made.silent):,}",
            f"{made.made:,}",
            f"{made.kept:,}",
            ", ".join(f"{voice} {count:,}" for voice, count in voices.most_common()),
            f"{sum(clip.seconds for clip in made.clips):,.0f}",
            f"{min(levels):.1f} dB" if levels else "",
            f"{max(levels):.1f} dB" if levels else "",
        )
    show(made_table)
    for language, made in results.items():
        for clip in made.failed:
            click.echo(f"{language}: “{clip.utterance.words}”: {'; '.join(clip.problems)}.")
        for utterance in made.silent:
            click.echo(f"{utterance.language}: “{utterance.words}” has no voice.")
        if made.silent:
            click.echo(
                f"{len(made.silent):,} of the words in '{language}' have no voice. Install espeak-ng, or record them."
            )
