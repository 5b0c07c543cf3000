"""The measures, worked out apart from the product: what its figures must equal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from forms import library
from forms.definition import Form
from tests.demo.chapters import TSM

POINTS = 5
"""Of a scale; what comes behind them is not applicable."""


def survey(name: str) -> str:
    """Give the tenant survey that ships, under another name, without words, details and the equality page."""
    text = library.path_of(TSM).read_text(encoding="utf-8")
    return text.partition("  - id: your_words")[0].replace(f"form: {TSM}", f"form: {name}")


def measures(form: Form, everybody: Sequence[Mapping[str, object]]) -> dict[str, tuple[str, int]]:
    """Work out each measure anew, by the regulator's rule: the best two of the five answers, to one decimal."""
    figures = {}
    for question in form.questions:
        code = getattr(question, "measure", None)
        if code is None:
            continue
        five = [choice.id for choice in form.choices(question)][:POINTS]
        counts = Counter(said.get(question.id) for said in everybody)
        valid = sum(counts[one] for one in five)
        share = Decimal(100 * (counts[five[0]] + counts[five[1]])) / valid if valid else None
        figures[code] = (str(share.quantize(Decimal("0.1"), ROUND_HALF_UP)) if share is not None else "–", valid)
    return figures
