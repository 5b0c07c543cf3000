"""What the pages of print runs take: which campaign and kind, then what the paper is to be like."""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from forms.definition import Form, LanguageStatus
from forms.languages import english_name
from forms.paper.editions import EDITIONS, EditionName, SizeName
from server.models.copies import RunKind
from server.runs.asking import Wanted
from server.web.inputs import Input

COPIES_MAX: Final = 5_000
"""To hand out at once: more would be a mistake in typing, for the landlord has 1,800 homes."""

LETTER_MAX: Final = 4_000
"""Characters: a page at 14 point holds about half of them."""

KINDS: Final = {
    RunKind.COPIES: "Copies to hand out",
    RunKind.HOUSEHOLDS: "The invited households",
    RunKind.REMINDER: "A reminder to those who have not answered",
}

EDITION_WORDS: Final = {
    name: f"{name.value.title()} print, {edition.body_pt:g} point" for name, edition in EDITIONS.items()
}

SIZE_WORDS: Final = {SizeName.A4: "A4", SizeName.A5: "A5, for slips", SizeName.A6: "A6, for slips"}


class Chosen(Input):
    """What the list of runs sends: for which campaign, and for whom."""

    campaign: int
    kind: RunKind


class Paper(Input):
    """What the paper of a run is to be like."""

    copies: Annotated[int, Field(ge=1, le=COPIES_MAX)] = 1
    edition: EditionName
    size: SizeName
    language: str
    letter: str = Field("", max_length=LETTER_MAX)

    def wanted(self, kind: RunKind) -> Wanted:
        """Give it as the service takes it."""
        text = "\n".join(self.letter.splitlines())
        return Wanted(kind, self.edition, self.size, self.language, self.copies, text)


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be chosen for one form."""

    form: Form

    @property
    def editions(self) -> list[tuple[str, str]]:
        """Give the editions with their words."""
        return [(name.value, words) for name, words in EDITION_WORDS.items()]

    @property
    def sizes(self) -> list[tuple[str, str]]:
        """Give the sizes of sheet with their words."""
        return [(name.value, words) for name, words in SIZE_WORDS.items()]

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Give the form's languages, saying which are drafts."""
        return [
            (code, f"{english_name(code)}{' (a draft: have it checked first)' if is_draft else ''}")
            for code, status in self.form.languages.items()
            for is_draft in (status is LanguageStatus.DRAFT,)
        ]
