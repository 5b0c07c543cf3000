"""Drawing by lot: only answers that may be drawn, none twice, and each as likely as any other."""

from collections import Counter
from random import Random

from sqlalchemy import select, update

from server.checks.drawing import drawn
from server.models.audit import AuditEvent
from server.models.intake import Crop, Return
from server.models.review import LookKind, SecondLook
from tests.server.checks.conftest import COPIES, QUESTIONS, Room, give_pictures, settle_a_doubt
from tests.server.returns_made import a_town, came, page

ALL = COPIES * len(QUESTIONS)


def test_each_is_drawn_as_often_as_any_other_and_stands_as_often_first() -> None:
    times, first = Counter[int](), Counter[int]()
    chance = Random(5)
    for _ in range(4000):
        some = drawn(range(10), 3, chance)
        times.update(some)
        first[some[0]] += 1
    assert all(abs(count - 1200) < 5 * (4000 * 0.3 * 0.7) ** 0.5 for count in times.values())
    assert all(abs(count - 400) < 5 * (4000 * 0.1 * 0.9) ** 0.5 for count in first.values())
    assert len(times) == len(first) == 10


def test_nothing_is_drawn_twice_and_all_can_be_drawn(room: Room) -> None:
    assert (room.draw(7), room.draw(1000), room.draw(5)) == (7, ALL - 7, 0)
    looks = room.looks()
    assert len({look.reading_id for look in looks}) == len(looks) == ALL


def test_the_first_reading_is_kept_as_an_officer_would_have_said_it(room: Room) -> None:
    room.draw(1000)
    firsts = {room.question(look): look.first for look in room.looks()}
    assert firsts["overall"] == {"as": "answer", "value": "fairly_satisfied"}
    assert firsts["contact_me"] == {"as": "answer", "value": "yes"}


def test_an_answer_left_blank_is_drawn_like_any_other(room: Room) -> None:
    code = a_town(room.store, 1, name="Winter", printing="TSM00002").codes[0]
    pages = [page(1, code, printing="TSM00002"), page(2, code, printing="TSM00002")]
    came(room.store, room.batch, pages, name="blank.pdf")
    give_pictures(room.store)
    assert room.draw(1000) == ALL + len(QUESTIONS)
    assert sum(look.first == {"as": "blank"} for look in room.looks()) == len(QUESTIONS)


def test_answers_without_a_picture_that_chance_chose_are_not_drawn(room: Room) -> None:
    with room.store.writing() as session:
        session.execute(update(Crop).values(is_sampled=False))
    assert room.draw(10) == 0


def test_answers_of_copies_that_are_not_complete_are_not_drawn(room: Room) -> None:
    with room.store.writing() as session:
        session.execute(update(Return).values(state="reading"))
    assert room.draw(10) == 0


def test_doubted_answers_are_not_drawn_as_accepted_ones_but_as_decisions(room: Room) -> None:
    settle_a_doubt(room)
    assert room.draw(1000) == ALL
    assert room.draw(1000, LookKind.DECIDED) == 1
    shown = room.looks()[-1]
    assert (shown.kind, shown.first_by) == (LookKind.DECIDED, room.ben.id)
    assert shown.first == {"as": "answer", "value": "very_satisfied"}
    assert room.draw(1000, LookKind.DECIDED) == 0


def test_a_drawing_is_in_the_audit_log_by_its_number_only(room: Room) -> None:
    room.draw(3)
    with room.store.reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
        assert session.scalars(select(SecondLook.id)).all()
    assert event is not None
    assert event.action == "accepted answers drawn for a check"
    assert event.detail.replace(" ", "") == '{"answers":3}'
