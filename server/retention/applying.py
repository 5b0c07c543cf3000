"""Looking at what is due, and removing it: rule by rule, the rows in one transaction, then the files."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from server.models.base import now
from server.people.tidying import tidy
from server.retention.janitor import swept
from server.retention.rules import RULES, Rule, due_before, months_of
from server.store import Store
from server.store.references import remove_unnamed
from server.trail.recording import note


@dataclass(frozen=True, slots=True)
class Due:
    """What one rule finds kept for its time, without saying whose it is."""

    rule: Rule
    months: int
    count: int
    oldest: date | datetime | None
    newest: date | datetime | None


@dataclass(frozen=True, slots=True)
class Applied:
    """What was removed."""

    due: list[Due]
    files: int
    litter: int
    is_tidy: bool
    """Whether the database's own leavings were overwritten too."""


def looked_at(store: Store, moment: datetime | None = None) -> list[Due]:
    """Give for each rule what is due at a moment, now unless another is given."""
    at, found = moment or now(), []
    with store.reading() as session:
        for rule in RULES:
            months = months_of(rule, store.settings)
            found.append(Due(rule, months, *rule.find(session, due_before(months, at))))
    return found


def apply(store: Store, moment: datetime | None = None) -> Applied:
    """Remove all that is due at a moment, and what no row names; audited by counts."""
    at = moment or now()
    due, files = [], 0
    for rule in RULES:
        one, removed = _apply(store, rule, at)
        due.append(one)
        files += removed
    litter = swept(store)
    is_tidy = tidy(store) if any(one.count for one in due) else True
    return Applied(due, files, litter, is_tidy)


def _apply(store: Store, rule: Rule, at: datetime) -> tuple[Due, int]:
    months = months_of(rule, store.settings)
    before, began = due_before(months, at), datetime.now(UTC)
    candidates: set[str] = set()
    try:
        with store.files.keeping():
            with store.reading() as session:
                prepared = rule.prepare(store, session, before) if rule.prepare else {}
            made = {name for name in prepared.values() if name is not None}
            with store.writing() as session:
                due = Due(rule, months, *rule.find(session, before))
                if due.count:
                    candidates |= rule.remove(store, session, before, prepared)
                    detail = {"count": due.count, "months": months}
                    note(store, session, "retention applied", rule.name.replace("_", " "), detail=detail)
    finally:
        removed = remove_unnamed(store, candidates, untouched_since=began)
    remove_unnamed(store, made, untouched_since=datetime.now(UTC))
    return due, removed
