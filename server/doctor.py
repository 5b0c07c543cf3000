"""What the product needs on a machine: what works, what it costs to lack it, and the command that mends it."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from server.config import Settings

DISK_FREE_MIN_GB = 5.0
"""A campaign's scans take about 1 GB (630 four-page copies at 0.4 MB a page), its backup as much again."""

DATABASE_FREE_MIN_MB = 1
"""An empty database with its log takes about half of it."""

TESSERACT_LANGUAGES = {"eng": "English", "pol": "Polish", "ara": "Arabic"}
"""The languages of the forms that ship, by Tesseract's names for them."""

SPEECH_ENGINES = ("RHVoice-test", "flite", "espeak-ng")
"""In the order in which they are preferred."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox-esr", "firefox")


class State(StrEnum):
    """How a check ended."""

    WORKS = "works"
    LIMITED = "limited"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the product needs: how it stands, what was found or is lost, and the mending command."""

    name: str
    state: State
    found: str
    mend: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Give the findings one by one, as each check ends."""
    checks: tuple[Callable[[Settings], Finding], ...] = (
        _python,
        _database,
        _disk,
        _printing,
        _fonts,
        _tesseract,
        _handwriting,
        _speech,
        _browser,
        _sandbox,
    )
    return (check(settings) for check in checks)


def _python(_: Settings) -> Finding:
    return Finding("Python", State.WORKS, sys.version.split()[0])


def _database(settings: Settings) -> Finding:
    """Open the database that is set; a SQLite one is tried beside where it will be, so that none is made."""
    from sqlalchemy import create_engine, make_url, text  # noqa: PLC0415 (loaded only when examined)
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    try:
        url = make_url(settings.database_url())
        if url.get_backend_name() == "sqlite":
            return _sqlite(Path(url.database or settings.data))
        with create_engine(url, connect_args={"connect_timeout": 5}).connect() as connection:
            found = str(connection.execute(text("show server_version")).scalar())
    except (SQLAlchemyError, ImportError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        lost = f"no answer can be kept: {reason}"
        return Finding("Database", State.MISSING, lost, "check the key 'database' in sayso.toml")
    return Finding("Database", State.WORKS, f"PostgreSQL {found}")


def _sqlite(file: Path) -> Finding:
    import sqlite3  # noqa: PLC0415

    place = _nearest_existing(file.parent)
    try:
        with tempfile.TemporaryDirectory(dir=place, prefix=".sayso-doctor-") as folder:
            connection = sqlite3.connect(Path(folder) / "try.db")
            mode = connection.execute("pragma journal_mode=wal").fetchone()[0]
            connection.close()
    except (OSError, sqlite3.Error) as error:
        is_full = shutil.disk_usage(place).free < DATABASE_FREE_MIN_MB * 2**20
        mend = "make room" if is_full else f"run Sayso as {_owner(place)}, or: chmod u+rwx '{place}'"
        return Finding("Database", State.MISSING, f"no answer can be kept in {place}: {error}", mend)
    if mode != "wal":
        return Finding(
            "Database", State.MISSING, f"{place} cannot hold a write-ahead log", "set 'data' to a local disk"
        )
    return Finding("Database", State.WORKS, f"SQLite {sqlite3.sqlite_version} in {file}")


def _owner(place: Path) -> str:
    try:
        return f"{place.owner()}, whose folder it is"
    except KeyError:
        return "the user whose folder it is"


def _nearest_existing(path: Path) -> Path:
    return next(parent for parent in (path.absolute(), *path.absolute().parents) if parent.is_dir())


def _disk(settings: Settings) -> Finding:
    place = _nearest_existing(settings.data)
    free_gb = shutil.disk_usage(place).free / 1e9
    found = f"{free_gb:.1f} GB free in {place}"
    if free_gb < DISK_FREE_MIN_GB:
        lost = f"{found}: scans of a large campaign may not fit"
        return Finding("Disk", State.LIMITED, lost, "make room, or set 'data' in sayso.toml to a larger disk")
    return Finding("Disk", State.WORKS, found)


def _printing(_: Settings) -> Finding:
    """Load the library that lays out paper; it needs system libraries that pip does not bring."""
    try:
        import weasyprint  # noqa: PLC0415 (loading it is the check)
    except OSError as error:
        lost = f"no form can be printed: {str(error).splitlines()[0]}"
        return Finding(
            "Printing",
            State.MISSING,
            lost,
            "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig",
        )
    return Finding("Printing", State.WORKS, f"WeasyPrint {weasyprint.__version__}")


def _fonts(settings: Settings) -> Finding:
    """Ask the fonts of paper for every letter of the forms that ship and of the landlord's own details."""
    from forms import library  # noqa: PLC0415
    from forms.paper.fonts import missing_letters  # noqa: PLC0415

    words = "".join(settings.who().details().values())
    for form in library.library():
        words += "".join(text[language] for _, text in form.texts() for language in text.languages())
    missing = missing_letters(words)
    if missing:
        lost = f"these letters of your details cannot be printed: {' '.join(missing[:10])}"
        return Finding(
            "Fonts", State.MISSING, lost, "write the key 'landlord' in sayso.toml in Latin or Arabic letters"
        )
    return Finding(
        "Fonts", State.WORKS, "Atkinson Hyperlegible Next and Noto Sans Arabic, for Latin and Arabic scripts"
    )


def _tesseract(_: Settings) -> Finding:
    import pytesseract  # noqa: PLC0415

    every = "apt install tesseract-ocr " + " ".join(f"tesseract-ocr-{name}" for name in TESSERACT_LANGUAGES)
    try:
        version = str(pytesseract.get_tesseract_version()).split()[0]
        languages = set(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, subprocess.SubprocessError, SystemExit):
        lost = "typed answers and a torn code's letters are not read: an officer keys them in"
        return Finding("Tesseract", State.LIMITED, lost, every)
    lacking = [name for name in TESSERACT_LANGUAGES if name not in languages]
    if lacking:
        lost = f"Tesseract {version} does not read {' or '.join(TESSERACT_LANGUAGES[name] for name in lacking)}"
        mend = "apt install " + " ".join(f"tesseract-ocr-{name}" for name in lacking)
        return Finding("Tesseract", State.LIMITED, lost, mend)
    return Finding("Tesseract", State.WORKS, f"Tesseract {version}, reads {', '.join(TESSERACT_LANGUAGES.values())}")


def _handwriting(_: Settings) -> Finding:
    from scanning.writing.engines import has_rapid  # noqa: PLC0415 (loads OpenCV)

    if has_rapid():
        return Finding("Handwriting", State.WORKS, "RapidOCR's network")
    lost = "drafts of handwritten comments are far worse; marks and cells are read as well as ever"
    return Finding("Handwriting", State.LIMITED, lost, "pip install --no-deps -r requirements-writing.txt")


def _speech(_: Settings) -> Finding:
    found = [engine for engine in SPEECH_ENGINES if shutil.which(engine)]
    if not found:
        lost = "the kiosk cannot read questions aloud, so people who can't see can't use it"
        return Finding("Speech", State.LIMITED, lost, "apt install espeak-ng flite")
    if "espeak-ng" not in found:
        return Finding("Speech", State.LIMITED, f"{', '.join(found)}: English only", "apt install espeak-ng")
    return Finding("Speech", State.WORKS, ", ".join(found))


def _browser(_: Settings) -> Finding:
    for name in BROWSERS:
        if shutil.which(name):
            return Finding("Browser", State.WORKS, name)
    lost = "this machine cannot show the kiosk itself; others on its network still can"
    return Finding("Browser", State.LIMITED, lost, "apt install chromium")


def _sandbox(_: Settings) -> Finding:
    """Run nothing at all inside bubblewrap: some machines have it and forbid it."""
    program = shutil.which("bwrap")
    lost = "received files are read under limits of memory and time, but the reader could reach the network"
    if program is None:
        return Finding("Sandbox", State.LIMITED, lost, "apt install bubblewrap")
    trial = [program, "--unshare-all", "--ro-bind", "/", "/", "true"]
    if subprocess.run(trial, capture_output=True, timeout=10, check=False).returncode != 0:
        return Finding("Sandbox", State.LIMITED, lost, "sysctl kernel.unprivileged_userns_clone=1")
    return Finding("Sandbox", State.WORKS, "bubblewrap")
