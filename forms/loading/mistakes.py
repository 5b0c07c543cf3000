"""What is wrong with a definition, so that its writer can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from forms.errors import FormsError


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong: where (file, line from 1, key), what, and what to write instead.

    A file that cannot be read has no line (0) and no key.
    """

    file: str
    line: int
    key: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        where = ": ".join(filter(None, (f"{self.file}:{self.line}" if self.line else self.file, self.key)))
        return f"{where}: {self.wrong}. {self.remedy}"


class DefinitionError(FormsError):
    """A definition that cannot be used; `mistakes` are in the order of their lines."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes), key=lambda one: (one.line, one.key, one.wrong)))
        super().__init__("\n".join(map(str, self.mistakes)))

    @classmethod
    def whole(cls, file: str, wrong: str, remedy: str, line: int = 1) -> Self:
        """Give the error of a file in which no key can be named."""
        return cls([Mistake(file, line, "", wrong, remedy)])
