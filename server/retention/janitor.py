"""The janitor: files that no row names, and what processes that ended left half-done. Both only when a day old."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from server.adopting import litter as drafts
from server.backup.staging import PREFIX
from server.speech.keeping import litter
from server.store import Store
from server.store.references import remove_unnamed

OLD_AFTER: Final = timedelta(days=1)
"""A file is there before the row that names it; nothing here takes a day to come to its row."""

SAFETY: Final = "before-*.zip"
SAFETY_KEPT: Final = timedelta(days=31)
"""How long the backups stay that a restore or a migration made first: they hold people who may be erased since."""


def swept(store: Store, moment: datetime | None = None) -> int:
    """Remove both, and safety backups that are a month old; give how many there were."""
    at = moment or datetime.now(UTC)
    with store.files.removing():
        half_done = [*store.files.litter(), *litter(store.folder), *drafts.litter(store.folder)]
        half_done += store.folder.glob(f"{PREFIX}*")
        going = [path for path in half_done if _touched(path) < at - OLD_AFTER]
        going += [path for path in store.folder.glob(SAFETY) if _touched(path) < at - SAFETY_KEPT]
        for path in going:
            _remove(path)
    return len(going) + remove_unnamed(store, store.files.names(), untouched_since=at - OLD_AFTER)


def _touched(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
