"""The YAML of a definition with the line of every key (YAML 1.2, so that yes and no are words)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from forms.checks.fault import Path
from forms.loading.mistakes import DefinitionError, Mistake

DEPTH_MAX = 20
"""A definition nests nine deep; more is damage or malice."""


@dataclass(frozen=True, slots=True)
class Source:
    """A definition as read: its data, and where in the file each part stands."""

    file: str
    root: Node
    data: object

    def mistake(self, path: Path, wrong: str, remedy: str) -> Mistake:
        """Give a mistake at the part that a path leads to, or as near to it as the file goes."""
        line, keys = self._follow(path)
        return Mistake(self.file, line, ".".join(keys), wrong, remedy)

    def empty(self) -> Iterator[Path]:
        """Give the paths of keys and list items that have nothing behind them."""
        waiting: list[tuple[Path, object]] = [((), self.data)]
        while waiting:
            path, part = waiting.pop()
            if part is None:
                yield path
            elif isinstance(part, dict):
                waiting += [((*path, key), value) for key, value in part.items() if isinstance(key, str)]
            elif isinstance(part, list):
                waiting += [((*path, place), value) for place, value in enumerate(part)]

    def _follow(self, path: Path) -> tuple[int, list[str]]:
        node, line, keys = self.root, _line(self.root), []
        for segment in path:
            child = _child(node, segment)
            if child is None:
                keys.append(str(segment))
                break
            name, line, node = child
            keys.append(name)
        return line, keys


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _child(node: Node, segment: str | int) -> tuple[str, int, Node] | None:
    """Give the name, line and node of a part; choices written as a mapping are also counted."""
    if isinstance(node, MappingNode):
        pairs = list(node.value)
        if isinstance(segment, int):
            return _pair(*pairs[segment]) if segment < len(pairs) else None
        return next((_pair(key, value) for key, value in pairs if key.value == segment), None)
    if isinstance(node, SequenceNode) and isinstance(segment, int) and segment < len(node.value):
        item = node.value[segment]
        return _name_of_item(item, segment), _line(item), item
    return None


def _pair(key: Node, value: Node) -> tuple[str, int, Node]:
    return str(key.value), _line(key), value


def _name_of_item(item: Node, position: int) -> str:
    """Give an item of a list the name that its writer knows it by: its id, else its place counted from 1."""
    found = _child(item, "id") if isinstance(item, MappingNode) else None
    if found and isinstance(found[2], ScalarNode) and found[2].value:
        return str(found[2].value)
    return f"[{position + 1}]"


def read_source(content: bytes, file: str) -> Source:
    """Give the data of a definition with the place of its parts; `DefinitionError` when it is not YAML."""
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DefinitionError.whole(file, "this is not UTF-8 text", "Save the file as UTF-8.", line) from error
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(words)
        _refuse_depth_and_aliases(root, file)
        data = yaml.constructor.construct_document(root) if root is not None else None
    except MarkedYAMLError as error:
        raise _not_yaml(error, file) from error
    except (YAMLError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DefinitionError.whole(file, "this is not YAML", "Compare it with a form of the library.") from error
    if root is None or not isinstance(root, MappingNode):
        raise DefinitionError.whole(file, "this is not a form", "Begin with form:, version: and title:.")
    return Source(file, root, data)


def _not_yaml(error: MarkedYAMLError, file: str) -> DefinitionError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 1
    problem = (error.problem or "this is not YAML").splitlines()[0].strip()
    if twice := re.match(r"found duplicate key [\"'](.*?)[\"'] with", problem):
        mistake = Mistake(file, line, twice[1], "this key stands here twice", "Rename one, or take it out.")
        return DefinitionError([mistake])
    for sign, wrong, remedy in YAML_PROBLEMS:
        if sign in problem:
            return DefinitionError.whole(file, wrong, remedy, line)
    return DefinitionError.whole(
        file,
        f"the YAML ends here ({problem})",
        "Check the quotes, colons and indents of this line and the one above.",
        line,
    )


YAML_PROBLEMS = (
    ("mapping values are not allowed", "a colon inside words is read as a key", "Put the words in quotes."),
    (
        "cannot start any token",
        "a tab or a special sign begins the words",
        "Indent with spaces; put words in quotes.",
    ),
    ("while scanning a quoted scalar", "a quote is not closed", "Close it on the line where it opens."),
    ("unexpected end of stream", "a quote or bracket is not closed", "Close it."),
    ("could not determine a constructor", "a word begins with !", "Put the words in quotes."),
    ("found another document", "a second form begins here", "Give each form a file of its own."),
)


def _refuse_depth_and_aliases(root: Node | None, file: str) -> None:
    """Refuse `&` and `*`, which can make a small file endless, and nesting that no form needs."""
    seen: set[int] = set()
    waiting = [(root, 1)] if root is not None else []
    while waiting:
        node, depth = waiting.pop()
        if id(node) in seen:
            raise DefinitionError.whole(file, "an alias (& and *) is used", "Write the words out twice.", _line(node))
        if depth > DEPTH_MAX:
            raise DefinitionError.whole(file, "this is nested too deep", "No form needs that.", _line(node))
        seen.add(id(node))
        waiting += [(child, depth + 1) for child in _children(node)]


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key
            yield value
    elif isinstance(node, SequenceNode):
        yield from node.value
