"""Breaks a sound definition in one place, and knows in which line a reader would look for it."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from io import StringIO
from random import Random
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

REQUIRED = {
    "form": ("form", "version", "title", "introduction", "closing", "sections"),
    "section": ("id", "questions"),
    "question": ("id", "kind", "ask", "choices", "scale", "pattern", "maximum"),
    "scale": ("points",),
}
WORDS = ("title", "introduction", "help", "closing", "ask", "say", "unit", "not_applicable")
NOT_WORDS: tuple[Any, ...] = (7, None, [1, 2], 2.5)
WRONG_TYPES: dict[str, tuple[Any, ...]] = {
    "sections": ("words", 3, {"a": "b"}),
    "questions": ("words", 3, {"a": "b"}),
    "choices": ("words", 3, None),
    "points": ("words", 3, None),
    "show_if": ("words", 3, ["yes"]),
    "scales": ("words", 3, ["a"]),
    "languages": ("words", 3, ["en"]),
    "maximum": ("many", [3], None),
    "max_length": ("many", [3], None),
    "most": ("many", [3], {"a": 1}),
    "dont_know": ("perhaps", [True], 7),
    "detachable": ("perhaps", [True], 7),
    "parts": ("words", 3),
    "kind": ("guess", 3, None),
    "form": ("A Name", 3, None),
    "version": (1, 1.5, None),
    "id": ("An Id", 3, None),
    "latest": ("tomorrow", 3, [1]),
    "reporting_year": ("2026", "2026-29", 2026),
    "pattern": ("Q-Q", 3, None),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken definition, what was done to it, and the line and key that a mistake must name."""

    way: str
    how: str
    content: bytes
    line: int
    key: str


@dataclass(slots=True)
class Part:
    """A mapping of a definition and what it is."""

    role: str
    data: CommentedMap


def parts(form: CommentedMap) -> Iterator[Part]:
    """Give the mappings whose keys are the product's own, from the top down."""
    yield Part("form", form)
    for scale in form.get("scales", {}).values():
        yield Part("scale", scale)
    for section in form["sections"]:
        yield Part("section", section)
        for question in section["questions"]:
            yield Part("question", question)


def broken(content: str, random: Random) -> Broken:
    """Break a sound definition in one place, in a way drawn at random."""
    yaml = YAML()
    yaml.width = 10_000
    while True:
        form = deepcopy(_loaded(content))
        way, break_it = random.choice(WAYS)
        done = break_it(form, random)
        if done is None:
            continue
        how, find, key = done
        out = StringIO()
        yaml.dump(form, out)
        line = find(YAML().load(out.getvalue())) + 1
        return Broken(way, how, out.getvalue().encode(), line, key)


@cache
def _loaded(content: str) -> CommentedMap:
    """Give a sound definition as it stands in its file, with its comments."""
    return YAML().load(content)  # type: ignore[no-any-return]


Done = tuple[str, Callable[[CommentedMap], int], str] | None


def _path_to(form: CommentedMap, wanted: object) -> tuple[str | int, ...]:
    """Give the keys and places that lead to a part, by identity."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), form)]
    while waiting:
        path, data = waiting.pop()
        if data is wanted:
            return path
        if isinstance(data, CommentedMap):
            waiting += [((*path, key), value) for key, value in data.items()]
        elif isinstance(data, CommentedSeq):
            waiting += [((*path, place), value) for place, value in enumerate(data)]
    raise LookupError


def _follow(form: Any, path: tuple[str | int, ...]) -> Any:
    for segment in path:
        form = form[segment]
    return form


def _at_part(form: CommentedMap, part: CommentedMap) -> Callable[[CommentedMap], int]:
    """Find the line of a part: the line of its key, or of its first key where it is an item of a list."""
    path = _path_to(form, part)

    def find(again: CommentedMap) -> int:
        if not path:
            return int(again.lc.line)
        parent = _follow(again, path[:-1])
        if isinstance(parent, CommentedMap):
            return int(parent.lc.key(path[-1])[0])
        return int(_follow(again, path).lc.line)

    return find


def _at_key(form: CommentedMap, part: CommentedMap, key: str) -> Callable[[CommentedMap], int]:
    path = _path_to(form, part)
    return lambda again: int(_follow(again, path).lc.key(key)[0])


def _drop(form: CommentedMap, random: Random) -> Done:
    part = random.choice(list(parts(form)))
    present = [key for key in REQUIRED[part.role] if key in part.data]
    key = random.choice(present)
    find = _at_part(form, part.data)
    del part.data[key]
    return f"missing {part.role}.{key}", find, key


def _misspell(form: CommentedMap, random: Random) -> Done:
    part = random.choice(list(parts(form)))
    key = str(random.choice(list(part.data)))
    place = random.randrange(len(key))
    wrong = random.choice((key + "s", key[:place] + key[place + 1 :], key[:place] + "x" + key[place + 1 :]))
    if not wrong or wrong in part.data or wrong in ("help", "say", "faces", "title"):
        return None
    position = list(part.data).index(key)
    value = part.data.pop(key)
    part.data.insert(position, wrong, value)
    return f"misspelt {part.role} key", _at_key(form, part.data, wrong), wrong


def _wrong_type(form: CommentedMap, random: Random) -> Done:
    part = random.choice(list(parts(form)))
    keys = [key for key in part.data if key in WORDS or key in WRONG_TYPES]
    key = str(random.choice(keys))
    if key == "not_applicable" and part.role == "question":
        value: Any = random.choice(("perhaps", [True]))
    else:
        value = random.choice(WRONG_TYPES.get(key, NOT_WORDS))
    part.data[key] = value
    return f"wrong type of {part.role}.{key}", _at_key(form, part.data, key), key


def _double_id(form: CommentedMap, random: Random) -> Done:
    role = random.choice(("question", "section"))
    same = [part for part in parts(form) if part.role == role]
    if len(same) < 2:
        return None
    first, second = sorted(random.sample(range(len(same)), 2))
    if any(same[second].data["id"] in str(part.data.get("show_if", "")) for part in same):
        return None
    same[second].data["id"] = same[first].data["id"]
    return f"double {role} id", _at_key(form, same[second].data, "id"), "id"


def _lost_routing(form: CommentedMap, random: Random) -> Done:
    questions = [part.data for part in parts(form) if part.role == "question"]
    number = random.randrange(len(questions))
    later = [question["id"] for question in questions[number:]]
    target, answer = random.choice((("no_such_question", "yes"), (random.choice(later), "yes")))
    questions[number]["show_if"] = CommentedMap({target: answer})
    where = _path_to(form, questions[number])
    return "routing to nowhere or backwards", lambda again: int(_follow(again, where)["show_if"].lc.line), target


WAYS = (
    ("missing key", _drop),
    ("misspelt key", _misspell),
    ("wrong type", _wrong_type),
    ("double id", _double_id),
    ("routing to nowhere or backwards", _lost_routing),
)
