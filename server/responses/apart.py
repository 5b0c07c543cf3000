"""Saving equality answers so that nothing joins them to whoever gave them, not even how the database lays out its rows.

SQLite keeps them in the order of their random ids and nothing more. PostgreSQL keeps, in columns that every table has
unasked, where a row lies (`ctid`) and which transaction put it there (`xmin`): the latter is that of the response's own
row. So there each save takes out as many as ninety earlier rows and puts them in again among its own, in random
order and under new ids. What a response's transaction holds is then for the greatest part other people's, and later
saves carry its own away. This hides nobody among the first few responses of a round, nor from somebody who can watch
the disk, the write-ahead log, or a copy of the database from before and one from after.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final
from uuid import uuid4

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from server.models import Base

MIXING: Final = text("""
    with later as (
        select ctid from equality_answers where (survey_round, id) >= (:survey_round, :place)
        order by survey_round, id limit 45 for update skip locked
    ), earlier as (
        select ctid from equality_answers where (survey_round, id) < (:survey_round, :place)
        order by survey_round desc, id desc limit 45 for update skip locked
    ), taken as (
        delete from equality_answers
        where ctid = any (array(select ctid from later union all select ctid from earlier))
        returning survey_round, question, option
    ), given as (
        select cast(:survey_round as text), question, option
        from json_to_recordset(cast(:answers as json)) as answers (question text, option text)
    )
    insert into equality_answers (id, survey_round, question, option)
    select gen_random_uuid(), survey_round, question, option
    from (select * from taken union all select * from given) as mixed order by random()
""")
"""One statement, one journey to the server; 45 on either side of a random place are ten responses' worth of the TSM
form's nine questions. It names rows by `ctid`, by both columns of their key, and how many in so many figures, so that
the planner goes by that key even before it has counted the table."""


@dataclass(frozen=True, slots=True)
class Apart:
    """An equality answer; nothing tells whose."""

    question: str
    option: str


def save_apart(session: Session, survey_round: str, answers: Sequence[Apart]) -> None:
    """Save one person's equality answers under a survey round."""
    if not answers:
        return
    rows = [asdict(answer) for answer in answers]
    if session.get_bind().dialect.name == "postgresql":
        values = {"survey_round": survey_round, "place": str(uuid4()), "answers": json.dumps(rows)}
        session.execute(MIXING, values)
    else:
        table = Base.metadata.tables["equality_answers"]
        session.execute(insert(table), [{"survey_round": survey_round, **row} for row in rows])
