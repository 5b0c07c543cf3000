"""One real writer's characters: a sample of the UNIPEN data, see NOTICE."""

from pathlib import Path

from tests.bench.writing_form import Hand
from tests.training.characters import characters

SAMPLE = Path(__file__).parent / "characters.jsonl"


def hand() -> Hand:
    """Give what the writer wrote, by character."""
    return {one.label: [one] for one in characters(SAMPLE)}
