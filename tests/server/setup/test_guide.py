"""The administrator's guide: each command of Sayso in it works, one after the other, and the others are known."""

import os
import pwd
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from server.cli import sayso
from server.guides.reading import FOLDER
from tests.server.conftest import PASSWORD

ROOTS = {"apt-get", "ln", "nginx", "python3", "systemctl", "tar"}
"""Programs of the system: .ci/try-services and .ci/try-bundle call them for real, in roots of their own."""

KEY = "ACDE FGHJ KLMN PQRT VWXY 3479 ACDE FGHJ"


def lines() -> list[str]:
    page = (FOLDER / "administrator.md").read_text(encoding="utf-8")
    return [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]


def plain(line: str) -> list[str]:
    """Give the words of a command without whose rights it takes."""
    return shlex.split(re.sub(r"^sudo (-u sayso )?", "", line))


def test_every_command_of_sayso_works_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    me = pwd.getpwuid(os.geteuid()).pw_name
    own = ["--folder", str(tmp_path / "lib"), "--user", me, "--units", str(tmp_path / "etc")]
    (tmp_path / "password").write_text(PASSWORD)
    (tmp_path / "key").write_text(KEY)
    monkeypatch.chdir(tmp_path)
    tried = 0
    for line in lines():
        words = plain(line)
        if words[0] == "cd":
            monkeypatch.chdir(tmp_path / "lib")
        if words[0] != "sayso":
            continue
        if words[1:3] == ["setup", "remove"]:
            words += own[-2:]
        elif line.startswith("sudo sayso setup"):
            words = [*words[:2], *own, *words[2:]]
        elif words[1] == "setup":
            monkeypatch.chdir(tmp_path)
            words += ["--user", me] if "kiosk" not in words else []
        typed = f"{PASSWORD}\n{PASSWORD}\n" if words[1] == "user" else f"anna\n{PASSWORD}\n{PASSWORD}\n"
        result = CliRunner().invoke(sayso, words[1:], input=typed, standalone_mode=False)
        assert result.exception is None, f"{line}: {result.exception!r}"
        assert result.return_value in (None, 0, 1 if words[1] == "doctor" else 0), f"{line}: {result.output}"
        tried += 1
    assert tried > 8
    assert (tmp_path / "lib" / "data" / "sayso.db").exists()


def test_every_other_command_is_one_that_is_tried_elsewhere() -> None:
    others = {plain(line)[0] for line in lines()} - {"sayso", "cd"}
    assert {Path(program).name for program in others} <= ROOTS | {"pip", "install.sh"}
