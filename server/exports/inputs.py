"""What the page of an export sends."""

from typing import Literal

from server.exports.columns import What
from server.web.inputs import Input


class Choice(Input):
    """The kind of file, and what it holds beside the answers."""

    kind: Literal[".csv", ".xlsx", ".jsonl", ".sav"]
    what: tuple[What, ...] = ()
