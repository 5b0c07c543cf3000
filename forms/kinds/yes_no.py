"""Yes or no, with an optional "don't know". Its answer is `yes`, `no` or `dont_know` (`str`)."""

from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from forms import wording
from forms.kinds.base import BaseQuestion, one_of
from forms.kinds.choice import Choice
from forms.texts import Model, Text

YES, NO, DONT_KNOW = "yes", "no", "dont_know"


class YesNoLabels(Model):
    """The words of the three answers."""

    yes: Text
    no: Text
    dont_know: Text | None = None


def standard_labels(languages: tuple[str, ...], *, dont_know: bool) -> dict[str, dict[str, str]]:
    """Give the answers' usual words; `PydanticCustomError` for a language that Sayso has no words in."""
    for language in languages:
        if language not in wording.languages():
            raise PydanticCustomError(
                "labels_unknown", "Sayso has no words for yes and no in '{language}'", {"language": language}
            )
    keys = (YES, NO, DONT_KNOW) if dont_know else (YES, NO)
    return {key: {lang: wording.say(key, lang) for lang in languages} for key in keys}


class YesNo(BaseQuestion):
    """Asks for yes or no."""

    kind: Literal["yes_no"]
    dont_know: bool = Field(False, description="Offer 'don't know' as well.")
    labels: YesNoLabels = Field(
        default=None,
        validate_default=True,
        description="Other words for the answers; needed only in languages that Sayso has no words in.",
    )

    chooses: ClassVar[bool] = True

    @field_validator("labels", mode="before")
    @classmethod
    def _usual_words_unless_given(cls, raw: object, info: ValidationInfo) -> object:
        if raw is not None:
            return raw
        return standard_labels(
            (info.context or {}).get("languages", ("en",)), dont_know=bool(info.data.get("dont_know"))
        )

    @model_validator(mode="after")
    def _every_answer_has_words(self) -> Self:
        if self.dont_know and self.labels.dont_know is None:
            raise PydanticCustomError("labels_unknown", "the third answer has no words")
        return self

    def own_choices(self) -> tuple[Choice, ...]:
        """Give yes, no and, where it is offered, don't know."""
        words = [(YES, self.labels.yes), (NO, self.labels.no)]
        if self.dont_know and self.labels.dont_know is not None:
            words.append((DONT_KNOW, self.labels.dont_know))
        return tuple(Choice(id=identifier, label=label) for identifier, label in words)

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> str | None:
        """Give the chosen answer; refuse two."""
        return one_of(raw, choices)
