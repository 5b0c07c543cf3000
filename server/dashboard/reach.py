"""Who is heard, by what is known of homes, with the groups hidden of which only a few answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.dashboard.asked import PROFILE, SPLITS, Asked
from server.dashboard.parts import BETWEEN, NO_SCHEME, NOT_RECORDED, place_name
from server.figures.crosstabs import CrossTable
from server.figures.reach import Heard, Reach, is_off, reach_of
from server.figures.suppression import Hidden, hide_small
from server.queries.heard import Groups, asked_by, heard_by, homes_by
from server.queries.measures import Split

COLUMNS = ("heard", "not heard")


@dataclass(frozen=True, slots=True)
class Group:
    """One group; `heard` is None where it is hidden."""

    reach: Reach
    heard: int | None


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One thing that is known of homes, group by group."""

    split: Split
    words: str
    groups: tuple[Group, ...]
    is_off: bool
    """Whether some group is heard otherwise than chance would have it."""

    @property
    def is_known(self) -> bool:
        """Tell whether the homes' import says it at all."""
        return any(not group.reach.name.endswith((NOT_RECORDED, NO_SCHEME)) for group in self.groups)

    @property
    def hidden(self) -> int:
        """Give how many groups are hidden."""
        return sum(group.heard is None for group in self.groups)


def characteristics(session: Session, asked: Asked) -> tuple[Characteristic, ...]:
    """Give them all, each with its groups by name."""
    homes, of_asked, heard = (ask(session, asked.scope, PROFILE) for ask in (homes_by, asked_by, heard_by))
    places = (PROFILE.index(Split.AREA), PROFILE.index(Split.SCHEME))
    hidden = _hidden_places(_by(homes, *places), _by(heard, *places))
    return tuple(
        _characteristic(split, _by(homes, place), _by(of_asked, place), _by(heard, place), hidden)
        if split is not Split.SCHEME
        else _characteristic(split, _by(homes, *places), _by(of_asked, *places), _by(heard, *places), hidden)
        for place, split in enumerate(PROFILE)
    )


def _by(groups: Groups, *places: int) -> dict[str, int]:
    """Give them by one thing, or by area and scheme together."""
    found = dict[str, int]()
    for names, number in groups.items():
        area, *scheme = (names[place] for place in places)
        name = place_name(area, scheme[0]) if scheme else area or NOT_RECORDED
        found[name] = found.get(name, 0) + number
    return found


def _characteristic(
    split: Split, homes: Mapping[str, int], asked: Mapping[str, int], heard: Mapping[str, int], places: Hidden
) -> Characteristic:
    reached = reach_of(homes, asked, heard)
    own = places if split in (Split.AREA, Split.SCHEME) else hide_small(_table(homes, heard))
    give = own.larger_cell if split is Split.AREA else own.cell
    groups = tuple(Group(one, give(one.name, COLUMNS[0])) for one in reached)
    return Characteristic(split, SPLITS[split], groups, is_off(reached))


def _hidden_places(homes: Mapping[str, int], heard: Mapping[str, int]) -> Hidden:
    names = {*homes, *heard}
    return hide_small(_table(homes, heard, {name: name.split(BETWEEN)[0] for name in names}))


def _table(homes: Mapping[str, int], heard: Mapping[str, int], parents: Mapping[str, str] | None = None) -> CrossTable:
    names = tuple(sorted({*homes, *heard}))
    cells = tuple((heard.get(name, 0), max(0, homes.get(name, 0) - heard.get(name, 0))) for name in names)
    return CrossTable(names, COLUMNS, cells, parents)


def not_heard(found: tuple[Characteristic, ...]) -> list[tuple[str, Group]]:
    """Give the groups that are heard too little, with what they are a group of, the widest gap first."""
    pairs = [(one.words, group) for one in found for group in one.groups if group.reach.stands is Heard.FEWER]
    return sorted(pairs, key=_gap)


def _gap(pair: tuple[str, Group]) -> float:
    return pair[1].reach.gap
