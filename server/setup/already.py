"""What an earlier setup of a machine chose, as the service that it wrote tells: a later one goes on with it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.setup.places import Place

SERVICE: Final = "sayso.service"

SAID: Final = re.compile(r"^(User|WorkingDirectory)=(\S+)$|^ExecStart=.* serve --port (\d{1,5})$", re.MULTILINE)
"""The lines of the service that hold what was chosen."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom an installation runs as, and its port; None for what nothing tells."""

    user: str | None
    port: int | None


def chosen(folder: Path, units: Path) -> Chosen:
    """Give what was chosen for a folder before: by its service, else by whom its data belongs to."""
    said = _said(units / SERVICE)
    if said.get("WorkingDirectory") == str(folder.absolute()):
        return Chosen(said.get("User"), int(said["port"]) if "port" in said else None)
    return Chosen(_owner(Place(folder, "").data), None)


def _said(service: Path) -> dict[str, str]:
    try:
        text = service.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return {}
    return {key or "port": value or port for key, value, port in SAID.findall(text)}


def _owner(data: Path) -> str | None:
    try:
        return data.owner()
    except (OSError, KeyError):  # it is not there, or belongs to nobody whom this machine knows
        return None
