"""The reading age of a form's English words, so that a form can be told to be hard before anyone meets it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms import measures
from forms.definition import Form, Section
from forms.kinds import Question
from forms.kinds.choice import Choice
from forms.kinds.scale import ScaleQuestion
from forms.landlord import Landlord
from forms.reading.syllables import syllables
from forms.texts import Text

LANGUAGE = "en"
"""The only language that the formula is made for."""

AGE_MAX = 10.0
"""Years; the reading age that no text of the library may pass."""

ALONE_WORDS_MIN = 8
"""Words from which a text is also measured alone: the formula says nothing of a label of two words."""

SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
CONTACT_DETAIL = re.compile(r"\S*[@/]\S*|\bwww\.\S+|\S*\d\S*")


@dataclass(frozen=True, slots=True)
class Passage:
    """What a reader takes in at once: its place in the form, its texts, and its reading age in years."""

    place: str
    words: str
    age: float


def reading_age(words: str) -> float:
    """Give the reading age in years: the Flesch-Kincaid grade level (Kincaid et al. 1975) plus five.

    Numbers, telephone numbers and addresses on the internet are left out. Words without a full stop at their
    end, as labels are, count as a sentence. At least 5, at which children start to read; 5 for no words.
    """
    read = CONTACT_DETAIL.sub(" ", words)
    sentences = [found for part in SENTENCE_END.split(read) if (found := WORD.findall(part))]
    count = sum(map(len, sentences))
    if not count:
        return 5.0
    spoken = sum(syllables(word) for sentence in sentences for word in sentence)
    grade = 0.39 * count / len(sentences) + 11.8 * spoken / count - 15.59
    return max(5.0, grade + 5)


def passages(form: Form, landlord: Landlord) -> list[Passage]:
    """Give all passages of a form's English words, and its longer texts alone; words fixed by law are left out."""
    if LANGUAGE not in form.languages:
        return []
    details = landlord.details()
    found = []
    for place, texts in _together(form):
        words = [text.filled(LANGUAGE, details) for text in texts if text is not None]
        long = [(place, text) for text in words if len(WORD.findall(text)) >= ALONE_WORDS_MIN]
        for where, passage in dict.fromkeys([(place, "\n".join(words)), *long]):
            found.append(Passage(where, passage, reading_age(passage)))
    return found


Together = tuple[str, list[Text | None]]


def _together(form: Form) -> Iterator[Together]:
    """Give the texts that are read together, with the place where they stand."""
    yield "title", [form.title, form.notice, form.introduction]
    yield "help", [form.help]
    yield "closing", [form.closing]
    for section in form.sections:
        yield f"section {section.id}", _heading(form, section)
        for question in section.questions:
            yield from _question(form, question)


def _heading(form: Form, section: Section) -> list[Text | None]:
    """Give a section's heading with the first words beneath it: a heading alone has no reading age."""
    first = section.questions[0]
    return [section.title, section.help, None if _is_fixed(form, first) else first.ask]


def _question(form: Form, question: Question) -> Iterator[Together]:
    choices = () if _feeds_measure(question) else form.choices(question)
    ask = None if _is_fixed(form, question) else question.ask
    yield f"question {question.id}", [ask, question.help, *_labels(choices)]
    for spoken in (question.say, *(choice.say for choice in choices)):
        if spoken is not None:
            yield f"question {question.id}, read aloud", [spoken]


def _labels(choices: tuple[Choice, ...]) -> list[Text | None]:
    return [choice.label for choice in choices]


def _feeds_measure(question: Question) -> bool:
    return isinstance(question, ScaleQuestion) and question.measure is not None


def _is_fixed(form: Form, question: Question) -> bool:
    """Tell whether a question's words are the regulator's: a measure's, or its filter's."""
    if _feeds_measure(question):
        return True
    rules = measures.measure_set(form.measures) if form.measures else None
    return rules is not None and question.ask.root.get(LANGUAGE) in {one.words for one in rules.filters.values()}
