"""Every text is there in every language, and names only details that the landlord has."""

from collections.abc import Iterator

from forms import languages
from forms.checks.fault import Fault, nearest
from forms.definition import Form
from forms.landlord import DETAIL_NAMES
from forms.texts import PLACEHOLDER


def missing_languages(form: Form) -> Iterator[Fault]:
    """Find texts that lack one of the form's languages, or are in one that the form does not name."""
    for path, text in form.texts():
        given, wanted = set(text.languages()), set(form.languages)
        for language in sorted(wanted - given):
            yield Fault(
                path,
                f"these words are missing in '{language}' ({languages.english_name(language)})",
                f"Write them by language: {{{form.language}: …, {language}: …}}.",
            )
        for language in sorted(given - wanted):
            remedy = f"Add it to 'languages' at the top, or {_lower(nearest(language, wanted))}"
            yield Fault((*path, language), f"the form does not name the language '{language}'", remedy)


def unknown_details(form: Form) -> Iterator[Fault]:
    """Find `{names}` that stand for nothing, and stray braces."""
    for path, text in form.texts():
        for _, name in text.placeholders():
            if name not in DETAIL_NAMES:
                yield Fault(path, f"'{{{name}}}' stands for nothing", nearest(name, DETAIL_NAMES))
        if any(set("{}") & set(PLACEHOLDER.sub("", text[language])) for language in text.languages()):
            yield Fault(path, "a brace stands alone", "Write both, as in {landlord}, or none.")


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
