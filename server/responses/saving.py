"""The one way to save a response. Once it gives a receipt, the response is on the disk.

The same response sent again gets the same receipt. Another content under the same id is kept beside the first and
flagged for an officer: which of the two the person meant is not for a machine to guess.

Responses that arrive at once are written together, in one transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary, WeakMethod

from sqlalchemy.orm import Session

from server.errors import ServerError
from server.models.responses import ResponseState
from server.responses import writing
from server.responses.incoming import Incoming
from server.responses.rows import Prepared, prepared
from server.store import Store
from server.store.gathering import Gathering
from server.store.locking import alone

TOGETHER_MAX: Final = 25
"""Half of what fifty kiosks send at once: the other half is made ready meanwhile."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a saved response is known by, and whether it clashes with another under its id."""

    number: str
    response_id: int
    is_new: bool
    is_clash: bool


Answer = Receipt | Exception

_gatherings: Final[WeakKeyDictionary[Store, Gathering[Prepared, Receipt]]] = WeakKeyDictionary()


def save_response(store: Store, incoming: Incoming) -> Receipt:
    """Save a response; give its receipt.

    Raises `NotFoundError` for a campaign or copy code that is not known, `RefusedError` for another campaign's copy.
    """
    ready = prepared(incoming)
    gathering = _gatherings.get(store) or _gatherings.setdefault(store, _gathering_of(store))
    return gathering.ask(ready)


def _gathering_of(store: Store) -> Gathering[Prepared, Receipt]:
    writing_to = WeakMethod(store.writing)  # a gathering that held its store would keep it for ever

    def save(group: Sequence[Prepared]) -> Sequence[Answer]:
        begin = writing_to()
        assert begin is not None  # noqa: S101 (whoever asks holds the store)
        with begin() as session:
            return _save(session, group)

    return Gathering(save, TOGETHER_MAX)


def save_in(session: Session, incoming: Incoming) -> Receipt:
    """Save a response within a transaction that does more; see `save_response`."""
    session.flush()
    (answer,) = _save(session, [prepared(incoming)])
    if isinstance(answer, Exception):
        raise answer
    return answer


def _save(session: Session, group: Sequence[Prepared]) -> Sequence[Answer]:
    """Save responses; those under one id one after the other, so that the second knows of the first."""
    alone(session, *{one.uid for one in group})
    answers: dict[int, Answer] = {}
    rest = [*enumerate(group)]
    while rest:
        first = {one.uid: (place, one) for place, one in reversed(rest)}
        taken = sorted(place for place, _ in first.values())
        answers.update(zip(taken, _save_different(session, [group[place] for place in taken]), strict=True))
        rest = [(place, one) for place, one in rest if place not in answers]
    return [answers[place] for place in range(len(group))]


def _save_different(session: Session, group: Sequence[Prepared]) -> Sequence[Answer]:
    """Save responses of which each has an id of its own."""
    known = writing.known(session, group)
    answers = {one.uid: _same(known.get(one.uid, ()), one.content_sha256) for one in group}
    new = [one for one in group if answers[one.uid] is None]
    clashing = {one.uid for one in new if one.uid in known}
    added = writing.add(session, new, clashing) if new else {}
    return [answers[one.uid] or _answer(added[one.uid], is_clash=one.uid in clashing) for one in group]


def _same(known: Iterable[writing.Known], content: str) -> Receipt | None:
    """Give the receipt of the response that has this content already."""
    for one in known:
        if one.content_sha256 == content:
            return Receipt(one.receipt, one.response_id, is_new=False, is_clash=one.state == ResponseState.CLASH)
    return None


def _answer(added: writing.Added | ServerError, *, is_clash: bool) -> Answer:
    if isinstance(added, ServerError):
        return added
    return Receipt(added.receipt, added.response_id, is_new=True, is_clash=is_clash)
