"""The installation's own secrets, each a file of random bytes that only its owner can read."""

import os
import secrets
from enum import StrEnum
from pathlib import Path

from server.errors import StoreError

KEY_BYTES = 32


class KeyName(StrEnum):
    """What a secret is for."""

    AUDIT = "audit"
    """Seals the audit log: without it a changed log can be told, with it the log could be forged."""
    SESSIONS = "sessions"
    """Signs cookies and forms."""


class Keys:
    """The folder of secrets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Make the secrets that are not there yet."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in KeyName:
            if not (self.folder / name).exists():
                self.put(name, secrets.token_bytes(KEY_BYTES))

    def put(self, name: KeyName, secret: bytes) -> None:
        """Set a secret, whole or not at all."""
        half_done = self.folder / f".{name}"
        half_done.unlink(missing_ok=True)
        with os.fdopen(os.open(half_done, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        half_done.replace(self.folder / name)

    def get(self, name: KeyName) -> bytes:
        """Give a secret; `StoreError` when it is not there."""
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise StoreError(
                f"{self.folder / name}: this key cannot be read ({error.strerror}). Restore it from a backup."
            ) from error
