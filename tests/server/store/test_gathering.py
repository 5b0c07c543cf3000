"""What several ask for at once is done in one go, and nobody gets another's answer or error."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from server.store.gathering import Gathering


class Doing:
    """Doubles numbers, after waiting for a sign; takes down which it did together."""

    def __init__(self) -> None:
        self.together = list[list[int]]()
        self.may_go = Event()

    def __call__(self, numbers: Sequence[int]) -> Sequence[int | Exception]:
        assert self.may_go.wait(5)
        self.together.append(list(numbers))
        if 7 in numbers and len(numbers) > 1:
            raise ZeroDivisionError
        return [ValueError(number) if number == 7 else number * 2 for number in numbers]


def asked_at_once(doing: Doing, numbers: Sequence[int], most: int = 100) -> list[int | Exception]:
    """Have threads ask for numbers while the first of them is being done."""
    gathering = Gathering(doing, most)

    def ask(number: int) -> int | Exception:
        try:
            return gathering.ask(number)
        except ValueError as error:
            return error

    with ThreadPoolExecutor(len(numbers)) as pool:
        answers = [pool.submit(ask, number) for number in numbers]
        while len(gathering._turns._waiting) < len(numbers) - 1:
            Event().wait(0.001)
        doing.may_go.set()
        return [answer.result(5) for answer in answers]


def test_what_is_asked_for_meanwhile_is_done_together_and_each_gets_its_own_answer() -> None:
    doing = Doing()
    assert asked_at_once(doing, range(20, 40)) == [number * 2 for number in range(20, 40)]
    assert [len(numbers) for numbers in doing.together] == [1, 19]


def test_not_more_than_so_many_are_done_together() -> None:
    doing = Doing()
    assert asked_at_once(doing, range(20, 40), most=8) == [number * 2 for number in range(20, 40)]
    assert [len(numbers) for numbers in doing.together] == [1, 8, 8, 3]


def test_one_that_fails_all_is_done_by_itself_and_fails_alone() -> None:
    doing = Doing()
    answers = asked_at_once(doing, [1, 2, 7, 3])
    assert answers[:2] + answers[3:] == [2, 4, 6]
    assert isinstance(answers[2], ValueError)


def test_an_error_is_raised_where_it_was_asked_for() -> None:
    doing = Doing()
    doing.may_go.set()
    with pytest.raises(ValueError, match="7"):
        Gathering(doing, 5).ask(7)
