"""What is wrong with a definition, so that its writer can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from forms.errors import FormsError


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong: where (file, line from 1, key), what, and what to write instead."""

    file: str
    line: int
    key: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: {self.key}" if self.key else f"{self.file}:{self.line}"
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
