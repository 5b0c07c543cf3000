"""A question → the block of strips it is printed as, and the fields that its boxes become."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from math import ceil
from typing import Any

from forms import codes, routing
from forms.kinds import Question
from forms.kinds.choice import Choice
from forms.kinds.code import Code
from forms.kinds.comment import Comment
from forms.kinds.consent import GIVEN, Consent
from forms.kinds.contact import MAX_LENGTH, TIMES, WAYS, ContactQuestion
from forms.kinds.date import Date
from forms.kinds.number import Number
from forms.kinds.several_choices import SeveralChoices
from forms.kinds.short_text import ShortText
from forms.paper.arrangement import IN_LINE_APART_MM, Arrangement, arrangement, columns_that_fit
from forms.paper.editions import CELL_MM, CELL_PAD_MM, CELL_PITCH_MM, RULE_PITCH_MM, SizeName
from forms.paper.fields import PART, FieldSpec, Widget
from forms.paper.macros import macro
from forms.paper.pagination import TooTallError
from forms.paper.setting import Setting
from forms.paper.strips import ANSWER_GIVE, PART_GIVE, QUESTION_GIVE, Block, Box, Strip, Variant

LINE_MM = 11.0
"""The height of a box for a few words."""

ADDRESS_LINES = 3
PART_GAP_MM = 2.4
FIRST_PART_GAP_MM = 1.4
"""White above the parts of contact details."""

PARTS_BREAK_COST = 120.0
"""Contact details belong on one page, but may go on over its end."""

COMMENT_LINES_MIN = 5
COMMENT_LINES = {SizeName.A4: 6, SizeName.A5: 5, SizeName.A6: 5}
"""More than the least where the sheet has room."""

COMMENT_LINES_MORE = 3
LINE_LESS_COST = 6.0
LINE_MORE_COST = 0.5
"""A line less to write on is felt; lines more fill white that would stand empty."""

DATE_PARTS = (("day", 2), ("month", 2), ("year", 4))


Piece = tuple[Strip, tuple[FieldSpec, ...]]
"""A strip, with the fields that begin in it."""


class QuestionBlocks:
    """Sets questions as blocks; every box gets an id that the measuring pass finds it by."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._ids = count(1)

    def blocks(self, question: Question) -> list[Block]:
        """Give the blocks of one question: one, but for contact details, which may go on over a page's end."""
        makers: dict[type, Callable[[Any], Iterator[Piece]]] = {
            Number: self._number,
            Date: self._date,
            Code: self._code,
            ShortText: self._short_text,
            Comment: self._comment,
            ContactQuestion: self._contact,
            Consent: self._consent,
        }
        pieces = list(makers.get(type(question), self._choices)(question))
        if isinstance(question, ContactQuestion):
            return self._parts(question, pieces)
        fields = tuple(field for _, specs in pieces for field in specs)
        answers = [strip for strip, _ in pieces]
        if not isinstance(question, Consent):
            answers[0] = replace(answers[0], give=ANSWER_GIVE)
        return [Block((*self._head(question), *answers), fields)]

    def _parts(self, question: ContactQuestion, pieces: list[Piece]) -> list[Block]:
        """Give a block for each part of contact details: the strip that brings its field, and those after it."""
        made: list[Block] = []
        for strip, fields in pieces:
            if fields:
                gap_mm, give = (PART_GAP_MM, PART_GIVE) if made else (FIRST_PART_GAP_MM, ANSWER_GIVE)
                gap_mm = 0.0 if self.setting.is_slip else gap_mm
                made.append(Block((replace(strip, gap_mm=gap_mm, give=give),), fields))
            else:
                made[-1] = Block((*made[-1].strips, strip), made[-1].fields)
        made[0] = replace(made[0], strips=(*self._head(question), *made[0].strips))
        costs = [PARTS_BREAK_COST * (1.6 if at == 0 else 1) for at in range(len(made) - 1)]
        return [*(replace(block, break_cost=cost) for block, cost in zip(made, costs, strict=False)), made[-1]]

    def _head(self, question: Question) -> Iterator[Strip]:
        """Give the question itself; a consent's question is its own box's label."""
        setting = self.setting
        hints = [setting.words(question.help)] if question.help else []
        if isinstance(question, SeveralChoices) and question.most:
            hints.append(setting.say("choose_most", most=question.most))
        if not isinstance(question, Consent):
            number, ask = setting.form.numbers[question.id], setting.words(question.ask)
            html = macro("ask", number, self._lead(question), ask, hints)
            yield Strip(html, setting.question_gap_mm, give=QUESTION_GIVE)

    def _lead(self, question: Question) -> str:
        """Give "Only answer this if …" where the arrows beside earlier answers do not say it."""
        form = self.setting.form
        if not question.show_if or routing.is_told_by_arrows(form, question, self._has_arrows):
            return ""
        conditions = sorted(question.show_if.items(), key=lambda one: form.numbers[one[0]])
        return " ".join(self._only_if(earlier, wanted) for earlier, wanted in conditions)

    def _only_if(self, earlier: str, wanted: tuple[str, ...]) -> str:
        form, setting = self.setting.form, self.setting
        labels = [setting.words(one.label) for one in form.choices(form.question(earlier)) if one.id in wanted]
        answers = " / ".join(f"“{label}”" for label in labels)
        return setting.say("only_if", answers=answers, number=form.numbers[earlier])

    def _has_arrows(self, question: Question) -> bool:
        """Tell whether answers of a question that lead on have an arrow: they do where each has a line of its own."""
        return question.kind != "several_choices" and arrangement(self.setting, question) is Arrangement.LIST

    def _box(self, height_mm: float) -> Box:
        return Box(f"w{next(self._ids)}", height_mm)

    def _tick(self, name: str, value: str, spoken: str, kind: str) -> tuple[Box, dict[str, str]]:
        box = self._box(self.setting.edition.box_mm)
        return box, {"id": box.id, "name": name, "value": value, "spoken": spoken, "type": kind}

    # -- choosing ------------------------------------------------------------------------------------------

    def _choices(self, question: Question) -> Iterator[Piece]:
        choices = self.setting.form.choices(question)
        several = question.kind == "several_choices"
        names = [f"{question.id}{PART}{choice.id}" if several else question.id for choice in choices]
        fields = self._choice_fields(question, choices, several=several)
        rows = [
            (*self._tick(name, choice.id, self._spoken(question, choice), "checkbox" if several else "radio"), choice)
            for name, choice in zip(names, choices, strict=True)
        ]
        for number, strip in enumerate(self._rows(question, rows)):
            yield strip, fields if number == 0 else ()

    def _spoken(self, question: Question, choice: Choice) -> str:
        return f"{self.setting.words(question.ask)} {self.setting.words(choice.label)}"

    def _choice_fields(
        self, question: Question, choices: tuple[Choice, ...], *, several: bool
    ) -> tuple[FieldSpec, ...]:
        labels = tuple(self.setting.words(choice.label) for choice in choices)
        states = tuple(choice.id for choice in choices)
        if not several:
            ask = self.setting.words(question.ask)
            return (FieldSpec(question.id, Widget.RADIO, ask, states, labels),)
        return tuple(
            FieldSpec(f"{question.id}{PART}{state}", Widget.CHECK, self._spoken(question, choice), (state,), (label,))
            for state, label, choice in zip(states, labels, choices, strict=True)
        )

    def _rows(self, question: Question, rows: list[tuple[Box, dict[str, str], Choice]]) -> Iterator[Strip]:
        setting = self.setting
        how = arrangement(setting, question)
        labelled = [(tick, setting.words(choice.label)) for _, tick, choice in rows]
        boxes = [box for box, _, _ in rows]
        if how is Arrangement.SCALE:
            yield Strip(macro("scale", labelled[:5]), boxes=tuple(boxes[:5]))
            labelled, boxes, rows = labelled[5:], boxes[5:], rows[5:]
        if how is Arrangement.IN_LINE:
            yield Strip(macro("in_line", labelled, IN_LINE_APART_MM), boxes=tuple(boxes))
            return
        if how is Arrangement.TWO_COLUMNS:
            for at in range(0, len(rows), 2):
                yield Strip(macro("columns", labelled[at : at + 2], 2), boxes=tuple(boxes[at : at + 2]))
            return
        for (tick, label), box, (_, _, choice) in zip(labelled, boxes, rows, strict=True):
            yield Strip(macro("option", tick, label, self._skip(question, choice)), boxes=(box,))

    def _skip(self, question: Question, choice: Choice) -> str:
        if not self._has_arrows(question):
            return ""
        target = routing.skip_to(self.setting.form, question, choice.id)
        if target is None:
            return ""
        if target == routing.END:
            return self.setting.say("go_to_end")
        return self.setting.say("go_to_question", number=self.setting.form.numbers[target])

    def _consent(self, question: Consent) -> Iterator[Piece]:
        words = self.setting.words(question.ask)
        box, tick = self._tick(question.id, GIVEN, words, "checkbox")
        number = self.setting.form.numbers[question.id]
        help_words = self.setting.words(question.help) if question.help else ""
        hint = " ".join(filter(None, (self._lead(question), help_words)))
        html = macro("agreement", number, tick, words, hint)
        yield (
            Strip(html, self.setting.question_gap_mm, (box,), QUESTION_GIVE),
            (FieldSpec(question.id, Widget.CHECK, words, (GIVEN,), (words,)),),
        )

    # -- writing -------------------------------------------------------------------------------------------

    def _line(self, name: str, spoken: str, label: str, max_length: int, lines: int = 1) -> Piece:
        box = self._box(LINE_MM if lines == 1 else lines * RULE_PITCH_MM)
        html = macro("line", box.id, name, spoken, label, lines, max_length)
        field = FieldSpec(name, Widget.TEXT, spoken, max_length=max_length, multiline=lines > 1)
        others = range(COMMENT_LINES_MIN, lines + COMMENT_LINES_MORE + 1) if lines >= COMMENT_LINES_MIN else ()
        variants = tuple(
            Variant(
                (other - lines) * RULE_PITCH_MM,
                macro("line", box.id, name, spoken, label, other, max_length),
                (other - lines) * (LINE_MORE_COST if other > lines else -LINE_LESS_COST),
            )
            for other in others
            if other != lines
        )
        return Strip(html, boxes=(box,), variants=variants), (field,)

    def _short_text(self, question: ShortText) -> Iterator[Piece]:
        yield self._line(question.id, self.setting.words(question.ask), "", question.max_length)

    def _comment(self, question: Comment) -> Iterator[Piece]:
        lines = COMMENT_LINES[self.setting.size.name]
        yield self._line(question.id, self.setting.words(question.ask), "", question.max_length, lines)

    def _contact(self, question: ContactQuestion) -> Iterator[Piece]:
        for part in question.parts:
            label, name = self.setting.say(part), f"{question.id}{PART}{part}"
            if part in MAX_LENGTH:
                yield self._line(name, label, label, MAX_LENGTH[part], ADDRESS_LINES if part == "address" else 1)
            else:
                yield from self._ways(name, label, part)

    def _ways(self, name: str, label: str, part: str) -> Iterator[Piece]:
        values, prefix = (WAYS, "way_") if part == "best_way" else (TIMES, "time_")
        labels = tuple(self.setting.say(f"{prefix}{value}") for value in values)
        rows = [
            (*self._tick(name, value, f"{label} {words}", "radio"), words)
            for value, words in zip(values, labels, strict=True)
        ]
        field = FieldSpec(name, Widget.RADIO, label, values, labels)
        yield Strip(macro("group_label", label)), (field,)
        count = columns_that_fit(self.setting, labels)
        beside = ceil(len(rows) / ceil(len(rows) / count))
        for at in range(0, len(rows), beside):
            row = rows[at : at + beside]
            html = macro("columns", [(tick, words) for _, tick, words in row], count)
            yield Strip(html, boxes=tuple(box for box, _, _ in row)), ()

    # -- combs ---------------------------------------------------------------------------------------------

    def _combs(self, groups: list[tuple[str, str, str, int]], unit: str = "") -> Piece:
        """Give combs beside each other from (field, label, spoken name, cells)."""
        widest_mm = max(cells for *_, cells in groups) * CELL_PITCH_MM
        if widest_mm > self.setting.column_mm:
            raise TooTallError("a code of the form is wider than the page: choose a larger size, or fewer cells")
        boxes = [self._box(CELL_MM[1]) for _ in groups]
        values = [
            {
                "id": box.id,
                "name": name,
                "label": label,
                "spoken": spoken,
                "cells": cells,
                "width_mm": round(cells * CELL_PITCH_MM, 3),
                "cells_mm": [round(CELL_PAD_MM + at * CELL_PITCH_MM, 3) for at in range(cells)],
            }
            for box, (name, label, spoken, cells) in zip(boxes, groups, strict=True)
        ]
        fields = tuple(
            FieldSpec(name, Widget.TEXT, spoken, max_length=cells, comb=True) for name, _, spoken, cells in groups
        )
        return Strip(macro("combs", values, unit), boxes=tuple(boxes)), fields

    def _number(self, question: Number) -> Iterator[Piece]:
        unit = self.setting.words(question.unit) if question.unit else ""
        yield self._combs([(question.id, "", self.setting.words(question.ask), len(str(question.maximum)))], unit)

    def _date(self, question: Date) -> Iterator[Piece]:
        ask = self.setting.words(question.ask)
        labels = [(part, self.setting.say(part), cells) for part, cells in DATE_PARTS]
        yield self._combs([(f"{question.id}{PART}{part}", label, f"{ask} {label}", n) for part, label, n in labels])

    def _code(self, question: Code) -> Iterator[Piece]:
        cells = codes.pattern_named(question.pattern).cells
        yield self._combs([(question.id, "", self.setting.words(question.ask), cells)])
