"""Second and third looks: what agrees, who may settle what differs, and what is corrected then."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from server.checks import leasing, looking
from server.checks.comparing import agrees
from server.errors import NotFoundError, RefusedError
from server.models.intake import Return
from server.models.responses import Response, ResponseState
from server.models.review import Correction, LookKind, SecondLook
from tests.server.checks.conftest import BLANK, Room, said, settle_a_doubt


def test_several_answers_agree_in_whatever_order_they_stand() -> None:
    one, other = {"as": "answer", "value": ["child", "older"]}, {"as": "answer", "value": ["older", "child"]}
    assert agrees(one, other)
    assert not agrees(one, {"as": "answer", "value": ["older"]})
    assert not agrees(one, {"as": "blank"})


def test_a_reading_that_says_the_same_agrees_and_one_that_does_not_counts_as_wrong(room: Room) -> None:
    room.draw(20)
    one, other, *_ = room.looks()
    assert room.take(one, room.ben).agrees
    assert not room.take(other, room.ben, BLANK).agrees
    told = room.told()
    assert (told.checked, told.wrong, told.unsettled, told.waiting) == (2, 1, 1, 18)


def test_a_second_answer_to_the_same_look_is_refused_and_the_first_stays(room: Room) -> None:
    room.draw(1)
    (look,) = room.looks()
    room.take(look, room.ben)
    with pytest.raises(RefusedError):
        room.take(look, room.cleo, BLANK)
    (kept,) = room.looks()
    assert (kept.second_by, kept.agrees) == (room.ben.id, True)


def test_of_two_officers_at_once_one_is_told(room: Room) -> None:
    room.draw(1)
    (look,) = room.looks()
    told: list[str] = []
    start = Barrier(2)

    def read(officer_number: int) -> None:
        start.wait()
        try:
            room.take(look, (room.ben, room.cleo)[officer_number])
            told.append("kept")
        except RefusedError:
            told.append("refused")

    threads = [Thread(target=read, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["kept", "refused"]


def test_a_third_look_that_reads_it_as_at_first_settles_that_the_second_was_a_slip(room: Room) -> None:
    room.draw(20)
    look = room.first_of("overall")
    room.take(look, room.ben, said("very_satisfied"))
    third = _third(room, look)
    assert room.take(third, room.cleo).agrees
    told = room.told()
    assert (told.wrong, told.unsettled, told.second_wrong) == (0, 0, 1)
    assert room.answer(look) == "fairly_satisfied"


def test_a_third_look_that_finds_the_machine_wrong_corrects_the_response(room: Room) -> None:
    room.draw(20)
    look = room.first_of("overall")
    room.take(look, room.ben, said("very_satisfied"))
    outcome = room.take(_third(room, look), room.cleo, said("very_satisfied"))
    assert (outcome.agrees, outcome.hindered) == (False, None)
    assert room.answer(look) == "very_satisfied"
    told = room.told()
    assert (told.wrong, told.unsettled) == (1, 0)
    assert told.size == 20  # it stays one of the answers that the machine accepted
    with room.store.reading() as session:
        correction = session.scalars(select(Correction)).one()
        assert session.scalars(select(Response)).all()[-1].uid in session.scalars(select(Return.uid)).all()
    assert correction.machine == {"answer": "fairly_satisfied", "reason": "checked"}
    assert correction.decided == {"as": "answer", "value": "very_satisfied"}
    assert correction.officer_id == room.cleo.id


def test_whoever_read_it_before_cannot_settle_it(room: Room) -> None:
    room.draw(1)
    (look,) = room.looks()
    room.take(look, room.ben, BLANK)
    with pytest.raises(RefusedError, match="before"):
        looking.third_look(room.store, look.id, room.ben)


def test_there_is_no_third_look_where_both_say_the_same(room: Room) -> None:
    room.draw(1)
    (look,) = room.looks()
    room.take(look, room.ben)
    with pytest.raises(NotFoundError):
        looking.third_look(room.store, look.id, room.cleo)


def test_a_third_look_is_one_for_all_and_with_one_officer_at_a_time(room: Room) -> None:
    room.draw(1)
    (look,) = room.looks()
    room.take(look, room.ben, BLANK)
    assert looking.third_look(room.store, look.id, room.cleo) == looking.third_look(room.store, look.id, room.cleo)
    with pytest.raises(RefusedError):
        looking.third_look(room.store, look.id, room.anna)


def test_what_was_erased_or_withdrawn_is_not_corrected_and_the_officer_is_told(room: Room) -> None:
    room.draw(20)
    look = room.first_of("overall")
    room.take(look, room.ben, said("very_satisfied"))
    with room.store.writing() as session:
        for response in session.scalars(select(Response)):
            response.state = ResponseState.WITHDRAWN
    outcome = room.take(_third(room, look), room.cleo, said("very_satisfied"))
    assert outcome.hindered is not None
    assert room.told().wrong == 1
    with pytest.raises(RefusedError):
        looking.correct_again(room.store, look.id, room.cleo)


def test_a_decision_that_a_third_look_finds_wrong_is_overruled(room: Room) -> None:
    settle_a_doubt(room)
    room.draw(5, LookKind.DECIDED)
    (look,) = room.looks()
    room.take(look, room.anna, BLANK)
    room.take(_third(room, look), room.cleo, BLANK)
    assert room.answer(look) is None
    told = room.told(LookKind.DECIDED)
    assert (told.size, told.checked, told.wrong) == (1, 1, 1)


def test_two_officers_get_different_answers_and_one_that_is_given_back_comes_again(room: Room) -> None:
    room.draw(3)
    one = looking.begin(room.store, room.batch.id, room.ben)
    other = looking.begin(room.store, room.batch.id, room.cleo)
    assert one is not None
    assert other is not None
    assert one != other
    assert looking.begin(room.store, room.batch.id, room.ben) == one
    looking.leave(room.store, one, room.ben)
    with room.store.writing() as session:
        assert leasing.lease(session, one, room.cleo.id)
        assert not leasing.lease(session, other, room.ben.id)


def test_later_gives_the_next_and_comes_round_again(room: Room) -> None:
    room.draw(2)
    one = looking.begin(room.store, room.batch.id, room.ben)
    other = looking.begin(room.store, room.batch.id, room.ben, one)
    assert one != other
    assert looking.begin(room.store, room.batch.id, room.ben, other) == one


def test_own_decisions_come_last(room: Room) -> None:
    settle_a_doubt(room)
    room.draw(1, LookKind.DECIDED)
    room.draw(1)
    decision, accepted = room.looks()
    assert looking.begin(room.store, room.batch.id, room.ben) == accepted.id
    assert looking.begin(room.store, room.batch.id, room.cleo) == decision.id


def _third(room: Room, look: SecondLook) -> SecondLook:
    third_id = looking.third_look(room.store, look.id, room.cleo)
    return next(one for one in room.looks() if one.id == third_id)
