"""Equality answers: by survey round only, each under a random id of its own, so that nothing joins them to a person.

They have no number in the order of their coming, no time, no response, and not even one another.
"""

from uuid import uuid4

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import UID_LENGTH, Base


class EqualityAnswer(Base):
    """One answer of one person to one equality question."""

    __tablename__ = "equality_answers"
    __table_args__ = (
        # by question first: PostgreSQL would take an index by survey round for the key when it mixes rows
        Index("ix_equality_answers_question_survey_round", "question", "survey_round", "option"),
        {"sqlite_with_rowid": False},  # a rowid would tell in which order they came
    )

    survey_round: Mapped[str] = mapped_column(String(60), primary_key=True)
    id: Mapped[str] = mapped_column(String(UID_LENGTH), primary_key=True, default=lambda: str(uuid4()))
    question: Mapped[str] = mapped_column(String(60))
    option: Mapped[str] = mapped_column(String(200))
