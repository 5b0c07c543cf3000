"""Whoever asked first has the first turn, and a turn is never lost."""

from threading import Event, Thread

import pytest

from server.store.turns import Turns


def waiting(turns: Turns, count: int) -> None:
    """Wait until so many are in the queue."""
    while len(turns._waiting) < count:
        Event().wait(0.001)


def test_turns_go_in_the_order_of_asking() -> None:
    turns, order = Turns(), list[int]()

    def one(number: int) -> None:
        with turns.turn():
            order.append(number)

    threads = [Thread(target=one, args=(number,)) for number in range(30)]
    with turns.turn():
        for number, thread in enumerate(threads):
            thread.start()
            waiting(turns, number + 1)
    for thread in threads:
        thread.join(10)
    assert order == list(range(30))


def test_only_one_has_a_turn_at_a_time() -> None:
    turns, inside, most = Turns(), list[int](), list[int]()

    def many() -> None:
        for number in range(50):
            with turns.turn():
                inside.append(number)
                most.append(len(inside))
                inside.pop()

    threads = [Thread(target=many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(most) == 400
    assert max(most) == 1


def test_an_error_within_a_turn_passes_it_on() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.turn():
        _ = 1 / 0
    with turns.turn():
        pass


@pytest.mark.parametrize("had_come", [False, True])
def test_whoever_gives_up_waiting_leaves_the_turn_to_the_next(had_come: bool) -> None:
    turns = Turns()
    done = Event()

    class Interrupted:
        """A lock whose waiter is interrupted, before or after its turn has come."""

        def acquire(self) -> None:
            if had_come:
                first.__exit__(None, None, None)
            raise KeyboardInterrupt

        def release(self) -> None:
            """Nobody waits here any more."""

    first = turns.turn()
    first.__enter__()
    lock = Interrupted()
    turns._waiting.append(lock)  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        turns._wait_for(lock)  # type: ignore[arg-type]
    if not had_come:
        first.__exit__(None, None, None)

    def next_one() -> None:
        with turns.turn():
            done.set()

    Thread(target=next_one, daemon=True).start()
    assert done.wait(5)
