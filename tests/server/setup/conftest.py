"""A machine set up once by the command itself, in folders of its own."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from server.accounts import passwords
from server.cli import Exit, run
from tests.server.conftest import PASSWORD

HOST = "sayso.example.org"


@dataclass(frozen=True, slots=True)
class Machine:
    """What `sayso setup` made."""

    folder: Path
    units: Path

    def again(self, *options: str) -> int:
        """Set it up once more; give the exit code."""
        return run(setup_arguments(self.folder, self.units, *options))


def setup_arguments(folder: Path, units: Path, *options: str) -> list[str]:
    """Give the command for folders of the tests' own, as the user who runs them."""
    me = pwd.getpwuid(os.geteuid()).pw_name
    return ["setup", "--folder", str(folder), "--user", me, "--units", str(units), *options]


@pytest.fixture(scope="package")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    top = tmp_path_factory.mktemp("machine")
    (top / "password").write_text(f"{PASSWORD}\n")
    made = Machine(top / "lib", top / "units")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        words = ("--administrator", "anna", "--password-file", str(top / "password"), "--https", HOST)
        assert made.again(*words) == Exit.OK
    return made
