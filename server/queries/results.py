"""What one campaign's answers came to, whatever its form: counts, written values, comments; equality answers apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from server.models.campaigns import Campaign, CampaignState
from server.models.equality import EqualityAnswer
from server.models.responses import Answer, Response, ResponseState
from server.queries.crossing import BLANK
from server.queries.paging import PAGE_ROWS, Listing

OPENED: Final = Campaign.state != CampaignState.DRAFT


@dataclass(frozen=True, slots=True)
class Answered:
    """A campaign that can have answers, and how many stand."""

    campaign: Campaign
    responses: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote."""

    question: str
    words: str
    received_on: date
    channel: str
    language: str


def campaigns_answered(session: Session, page: int) -> Listing:
    """Give the campaigns that are or were open, the latest first."""
    total = session.scalar(select(func.count()).select_from(Campaign).where(OPENED)) or 0
    return Listing(answered_campaigns(session, page), total, page)


def answered_campaigns(session: Session, page: int) -> tuple[Answered, ...]:
    """Give one page of them."""
    counts = (
        select(func.count())
        .where(Response.campaign_id == Campaign.id, Response.state == ResponseState.COMPLETE)
        .correlate(Campaign)
    )
    last = counts.with_only_columns(func.max(Response.received_on))
    rows = session.execute(
        select(Campaign, counts.scalar_subquery(), last.scalar_subquery())
        .where(OPENED)
        .options(joinedload(Campaign.form_version))
        .order_by(Campaign.opens_on.desc(), Campaign.id.desc())
        .limit(PAGE_ROWS)
        .offset((page - 1) * PAGE_ROWS)
    ).all()
    return tuple(Answered(campaign, number, last_on) for campaign, number, last_on in rows)


def responses_of(session: Session, campaign_id: int) -> int:
    """Give how many responses of a campaign stand."""
    return session.scalar(select(func.count()).select_from(Response).where(*_stand(campaign_id))) or 0


def written_counts(session: Session, campaign_id: int, questions: Sequence[str]) -> dict[str, dict[str, int]]:
    """Give how often each number or day was written to these questions."""
    found = dict[str, dict[str, int]]()
    rows = session.execute(
        select(Answer.question, Answer.written, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(*_stand(campaign_id), Answer.question.in_(questions), Answer.written.is_not(None))
        .group_by(Answer.question, Answer.written)
    )
    for question, written, number in rows:
        found.setdefault(question, {})[written or BLANK] = number
    return found


def comments_of(session: Session, campaign_id: int, questions: Sequence[str], words: str, page: int) -> Listing:
    """Give what people wrote to these questions, where it holds all the words; the latest first."""
    conditions = [*_stand(campaign_id), Answer.question.in_(questions), Answer.written.is_not(None)]
    conditions += [func.lower(Answer.written).contains(word.lower(), autoescape=True) for word in words.split()]
    asked = select().select_from(Answer).join(Response, Response.id == Answer.response_id).where(*conditions)
    total = session.scalar(asked.add_columns(func.count())) or 0
    columns = (Answer.question, Answer.written, Response.received_on, Response.channel, Response.language)
    rows = session.execute(
        asked.add_columns(*columns)
        .order_by(Response.received_on.desc(), Response.id.desc(), Answer.question)
        .limit(PAGE_ROWS)
        .offset((page - 1) * PAGE_ROWS)
    )
    return Listing(tuple(Comment(*row) for row in rows), total, page)


def equality_counts(session: Session, survey_round: str, questions: Sequence[str]) -> dict[str, dict[str, int]]:
    """Give how many chose each option of each equality question in a survey round, whichever campaign asked."""
    found = dict[str, dict[str, int]]()
    rows = session.execute(
        select(EqualityAnswer.question, EqualityAnswer.option, func.count())
        .where(EqualityAnswer.survey_round == survey_round, EqualityAnswer.question.in_(questions))
        .group_by(EqualityAnswer.question, EqualityAnswer.option)
    )
    for question, option, number in rows:
        found.setdefault(question, {})[option] = number
    return found


def campaign_named(session: Session, name: str) -> Campaign | None:
    """Give the campaign of a name, in whichever case, or of a number."""
    is_number = name.isascii() and name.isdigit() and len(name) < 10
    known = or_(func.lower(Campaign.name) == name.lower(), Campaign.id == (int(name) if is_number else -1))
    return session.scalars(select(Campaign).where(known).order_by(Campaign.id)).first()


def _stand(campaign_id: int) -> tuple[ColumnElement[bool], ...]:
    return Response.campaign_id == campaign_id, Response.state == ResponseState.COMPLETE
