"""A form → the blocks of its paper, in reading order: title, how to fill in, questions, closing, torn-off page."""

from collections.abc import Iterator
from dataclasses import replace

from forms.definition import Section
from forms.paper.questions import QuestionBlocks, macro
from forms.paper.setting import Setting
from forms.paper.strips import Block, Strip
from forms.texts import Text

PARAGRAPH_GAP_MM = 3.0
SECTION_GAP_MM = 11.0


def blocks(setting: Setting) -> list[Block]:
    """Give all blocks of a form: its main part with the closing words, then the part that is torn off."""
    form = setting.form
    questions = QuestionBlocks(setting)
    made = list(_opening(setting))
    for section in form.sections:
        if not section.detachable:
            made += _section(setting, questions, section)
    made += _prose(setting, form.closing, setting.question_gap_mm + 2)
    for section in form.sections:
        if section.detachable:
            made += _section(setting, questions, section)
    return made


def _opening(setting: Setting) -> Iterator[Block]:
    """Give the title and the first words; a slip has none: the page it is cut from introduces it, its foot helps."""
    form = setting.form
    notice = setting.words(form.notice) if form.notice else ""
    landlord = setting.landlord.landlord
    yield Block((Strip(macro("title", landlord, setting.words(form.title), notice)),), with_next=True)
    if not setting.is_slip:
        yield from _prose(setting, form.introduction, PARAGRAPH_GAP_MM)
    if form.help and not setting.is_slip:
        yield from _prose(setting, form.help, PARAGRAPH_GAP_MM)
    yield Block((Strip(_how_to_fill(setting), gap_mm=PARAGRAPH_GAP_MM if setting.is_slip else 2 * PARAGRAPH_GAP_MM),))


def _how_to_fill(setting: Setting) -> str:
    if setting.is_slip:
        return macro("how_short", setting.say("fill_short"))
    return macro("how_to_fill", *(setting.say(key) for key in ("fill_title", "fill_any", "fill_mistake")))


def _prose(setting: Setting, text: Text, gap_mm: float) -> list[Block]:
    paragraphs = setting.words(text).splitlines()
    strips = [
        Strip(macro("prose", [paragraph]), gap_mm=gap_mm if number == 0 else PARAGRAPH_GAP_MM)
        for number, paragraph in enumerate(paragraphs)
    ]
    return [Block((strip,)) for strip in strips]


def _section(setting: Setting, questions: QuestionBlocks, section: Section) -> Iterator[Block]:
    title = setting.words(section.title) if section.title else ""
    help_words = setting.words(section.help).splitlines() if section.help else []
    if title or help_words:
        heading = Strip(macro("section", title, help_words), gap_mm=SECTION_GAP_MM)
        yield Block((heading,), with_next=True, starts_sheet=section.detachable)
    for number, question in enumerate(section.questions):
        first, *rest = questions.blocks(question)
        bare = section.detachable and number == 0 and not (title or help_words)
        yield replace(first, starts_sheet=bare)
        yield from rest
