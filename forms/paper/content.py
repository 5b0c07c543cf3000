"""A form → the blocks of its paper, in reading order: title, how to fill in, questions, closing, torn-off page."""

from collections.abc import Iterator
from dataclasses import replace

from forms.definition import Section
from forms.paper.macros import macro
from forms.paper.questions import QuestionBlocks
from forms.paper.setting import Setting
from forms.paper.strips import FIRST_QUESTION_GIVE, PARAGRAPH_GIVE, PART_GIVE, SECTION_GIVE, Block, Give, Strip
from forms.texts import Text

PARAGRAPH_GAP_MM = 3.0
SECTION_GAP_MM = 11.0

PROSE_BREAK_COST = 40.0
"""Paragraphs belong together, but not at all costs."""

LONG_HELP = 2
"""Paragraphs from which a section's help may stand on the page before its questions."""


def blocks(setting: Setting) -> list[Block]:
    """Give all blocks of a form: its main part with the closing words, then the part that is torn off."""
    form = setting.form
    questions = QuestionBlocks(setting)
    made = list(_opening(setting))
    for section in form.sections:
        if not section.detachable:
            made += _section(setting, questions, section)
    made += _prose(setting, form.closing, setting.question_gap_mm + 2, SECTION_GIVE)
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
    gap_mm = PARAGRAPH_GAP_MM if setting.is_slip else 2 * PARAGRAPH_GAP_MM
    yield Block((Strip(_how_to_fill(setting), gap_mm, give=PART_GIVE),))


def _how_to_fill(setting: Setting) -> str:
    if setting.is_slip:
        return macro("how_short", setting.say("fill_short"))
    return macro("how_to_fill", *(setting.say(key) for key in ("fill_title", "fill_any", "fill_mistake")))


def _prose(setting: Setting, text: Text, gap_mm: float, give: Give = PARAGRAPH_GIVE) -> list[Block]:
    first, *rest = (macro("prose", [paragraph]) for paragraph in setting.words(text).splitlines())
    strips = [Strip(first, gap_mm, give=give), *(Strip(html, PARAGRAPH_GAP_MM, give=PARAGRAPH_GIVE) for html in rest)]
    return [Block((strip,), break_cost=PROSE_BREAK_COST) for strip in strips[:-1]] + [Block((strips[-1],))]


def _section(setting: Setting, questions: QuestionBlocks, section: Section) -> Iterator[Block]:
    title = setting.words(section.title) if section.title else ""
    help_words = setting.words(section.help).splitlines() if section.help else []
    if title or help_words:
        heading = Strip(macro("section", title, help_words), SECTION_GAP_MM, give=SECTION_GIVE)
        stays = len(help_words) < LONG_HELP
        yield Block((heading,), (), stays, section.detachable, PROSE_BREAK_COST)
    for number, question in enumerate(section.questions):
        first, *rest = questions.blocks(question)
        bare = section.detachable and number == 0 and not (title or help_words)
        if number == 0 and (title or help_words):
            first = replace(first, strips=(replace(first.strips[0], give=FIRST_QUESTION_GIVE), *first.strips[1:]))
        yield replace(first, starts_sheet=bare)
        yield from rest
