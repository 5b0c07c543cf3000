"""The voices of this machine, by language: RHVoice, the clearest, then flite, which knows English, then espeak-ng."""

import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from forms.languages import english_name

OUTPUT: Final = "OUTPUT"
"""Stands in a command for the file that the sound goes to."""

SLOWER_FLITE: Final = "duration_stretch=1.1"
WORDS_A_MINUTE: Final = "155"
"""A tenth below the voices' own speed: many who listen are older, and the kiosk can go faster."""

RHVOICE_FIRST: Final = ("alan", "magda")
"""Of several RHVoice voices of a language, those taken first: a British one for English."""

ESPEAK_NAMES: Final = {"en": "en-gb"}
LIST_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice: how it is called, and the command that says what it reads from its standard input."""

    engine: str
    name: str
    command: tuple[str, ...]
    is_ascii: bool = False
    """Whether it reads nothing but plain letters: others must be written for it with those."""

    @property
    def label(self) -> str:
        """Give it as a person knows it: flite (slt)."""
        return f"{self.engine} ({self.name})"

    def written(self, words: str) -> str:
        """Give the words in characters that this voice knows."""
        if not self.is_ascii:
            return words
        return unicodedata.normalize("NFKD", words.translate(PLAIN)).encode("ascii", "ignore").decode()


PLAIN: Final = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": ", ",
        "—": ", ",
        "…": ".",
        "ł": "l",
        "Ł": "L",
        "ß": "ss",
        "£": "pounds ",
    }
)


def voices_for(language: str) -> tuple[Voice, ...]:
    """Give the installed voices of a language, the clearest first; none when nobody here speaks it."""
    return tuple(voice for find in (_rhvoice, _flite, _espeak) if (voice := find(language)) is not None)


def _rhvoice(language: str) -> Voice | None:
    """Give RHVoice's voice: it cannot be asked which it has, they lie beside it, each with its `voice.info`."""
    program = shutil.which("RHVoice-test")
    names = _rhvoice_names(program, english_name(language)) if program else ()
    if program is None or not names:
        return None
    name = min(names, key=lambda one: (one.casefold() not in RHVOICE_FIRST, one))
    return Voice("RHVoice", name, (program, "-p", name, "-o", OUTPUT))


def _rhvoice_names(program: str, language: str) -> tuple[str, ...]:
    shared = Path(program).parent.parent / "share" / "RHVoice" / "voices"
    infos = [dict(_lines(path)) for path in sorted(shared.glob("*/voice.info"))]
    return tuple(info["name"] for info in infos if info.get("language") == language and "name" in info)


def _lines(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text("utf-8", "replace").splitlines()
    return [(key.strip(), value.strip()) for key, found, value in (line.partition("=") for line in lines) if found]


def _flite(language: str) -> Voice | None:
    program = shutil.which("flite")
    if program is None or language.partition("-")[0] != "en":
        return None
    command = (program, "-voice", "slt", "--setf", SLOWER_FLITE, "-f", "/dev/stdin", "-o", OUTPUT)
    return Voice("flite", "slt", command, is_ascii=True)


def _espeak(language: str) -> Voice | None:
    program = shutil.which("espeak-ng")
    if program is None:
        return None
    known = _espeak_languages(program)
    wanted = (ESPEAK_NAMES.get(language), language.lower(), language.partition("-")[0])
    name = next((one for one in wanted if one in known), None)
    if name is None:
        return None
    return Voice("espeak-ng", name, (program, "-v", name, "-s", WORDS_A_MINUTE, "--stdin", "-w", OUTPUT))


@cache
def _espeak_languages(program: str) -> frozenset[str]:
    """Give the languages that espeak-ng lists; none when it does not answer."""
    try:
        listed = subprocess.run([program, "--voices"], capture_output=True, text=True, timeout=LIST_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(line.split()[1] for line in listed.stdout.splitlines()[1:] if len(line.split()) > 1)
