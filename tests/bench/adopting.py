"""How well drafts of other people's forms agree with what a person sees: `python -m tests.bench.adopting [FOLDER]`.

The folder holds the PDFs that `tests/bench/adopted/*.yaml` say the truth of: `../shared/data/fillable-pdfs` unless one
is named.
A question counts as right when exactly its boxes are put together, of the right kind, under its words, each answer
under its own; the lengths of what is written are counted by the fields.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

from forms.adopting import Bound, Draft, drafted, sheets_of

TRUTH: Final = Path(__file__).parent / "adopted"

RIGHT_MIN: Final = 0.9
"""What is asked of drafts."""

BESIDE: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "fillable-pdfs"

Question = dict[str, Any]


def folder_of(arguments: Sequence[str] | None) -> Path:
    """Give the folder of the PDFs: the one that was named, else the one beside the project."""
    named = [one for one in (sys.argv[1:] if arguments is None else arguments) if not one.startswith("-")]
    return Path(named[0]) if named else BESIDE


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and give the exit code: 0 when enough is right in every form that is here."""
    folder = folder_of(arguments)
    table = Table("PDF", "questions", "grouped", "kind", "words", "answers", "right")
    worst, misses = 1.0, []
    for path in sorted(TRUTH.glob("*.yaml")):
        pdf = folder / f"{path.stem}.pdf"
        if not pdf.exists():
            continue
        scores, missed = scored(drafted(sheets_of(pdf), pdf.stem), YAML(typ="safe").load(path))
        table.add_row(
            path.stem, str(len(scores)), *(f"{sum(one[at] for one in scores)}" for at in range(4)), _part(scores)
        )
        worst = min(worst, sum(map(all, scores)) / len(scores))
        misses += missed
    if not table.row_count:
        Console().print(f"{folder}: none of the forms is here, so nothing was measured. Name their folder.")
        return 1
    Console().print(table)
    for one in misses:
        Console().print(f"  {one}", markup=False)
    return 0 if worst >= RIGHT_MIN else 1


def _part(scores: list[tuple[bool, ...]]) -> str:
    return f"{sum(map(all, scores)) / len(scores):.0%}"


def scored(draft: Draft, truth: list[list[Any]]) -> tuple[list[tuple[bool, ...]], list[str]]:
    """Give for each question of the truth whether its group, kind, words and answers are right; and what is missed."""
    questions = {one["id"]: one for section in draft.definition["sections"] for one in section["questions"]}
    by_question: dict[str, set[str]] = {}
    for bound in draft.binding.fields:
        by_question.setdefault(bound.question, set()).add(_short(bound))
    scores: list[tuple[bool, ...]] = []
    missed: list[str] = []
    for fields, kind, words, *answers in truth:
        found = next((key for key, names in by_question.items() if names == set(fields)), None)
        question = questions[found] if found else {}
        score = (
            found is not None,
            bool(question.get("kind") == kind),
            str(words).lower() in str(question.get("ask", "")).lower(),
            _answered(question, answers[0] if answers else []),
        )
        scores.append(score)
        if not all(score):
            missed.append(f"{draft.definition['form']}: {fields[0]}: {question or 'boxes put together otherwise'}")
    return scores, missed


def _short(bound: Bound) -> str:
    """Give the last part of a name, as the truth has it."""
    return bound.field.rpartition(".")[2] if "]." in bound.field else bound.field


def _answered(question: Question, wanted: list[str]) -> bool:
    given = list((question.get("choices") or question.get("labels") or {}).values())
    return len(given) == len(wanted) and all(
        want.lower() in got.lower() for want, got in zip(wanted, given, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
