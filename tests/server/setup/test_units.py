"""The services are what systemd understands, shut in as far as the reading of strangers' files allows."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from server.config import IntakeSettings, Settings
from server.setup.places import Place
from server.setup.units import NAMES, units
from tests.server.setup.conftest import Machine

EXPOSURE_MAX = 2.5
"""Of ten, by systemd's own reckoning; what is left is the network, and the namespaces of the sandbox."""

SHUT_IN = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    "SystemCallFilter": "@system-service @mount",
    "IPAddressDeny": "any",
    "UMask": "0077",
}

NAMESPACES = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup"}
"""What `bwrap --unshare-all` takes: see forms/sandbox/view.py."""


def directives(unit: str) -> dict[str, str]:
    lines = (line for line in unit.splitlines() if "=" in line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


PLACE = Place(Path("/var/lib/sayso"), "sayso")


def written(**settings: Any) -> Mapping[str, str]:
    return units(PLACE, Settings(data=PLACE.data, **settings), 8750)


@pytest.mark.parametrize("name", ["sayso.service", "sayso-backup.service"])
def test_a_service_is_shut_in_but_may_make_the_sandboxs_namespaces(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    said = directives(written()[name])
    assert SHUT_IN.items() <= said.items()
    assert set(said["RestrictNamespaces"].split()) == NAMESPACES
    assert said["ReadWritePaths"] == "/var/lib/sayso/data /var/lib/sayso/backups"
    assert said["User"] == "sayso"


def test_the_data_folder_that_the_settings_name_may_be_written() -> None:
    for data in (Path("/srv/sayso"), Path("kept")):
        said = directives(units(PLACE, Settings(data=data), 8750)["sayso.service"])
        assert said["ReadWritePaths"] == f"{PLACE.folder / data} /var/lib/sayso/backups"


def test_a_watched_folder_elsewhere_may_be_written_too() -> None:
    said = directives(written(intake=IntakeSettings(folder=Path("/srv/scans")))["sayso.service"])
    assert said["ReadWritePaths"].split()[-1] == "/srv/scans"


def test_a_home_folder_that_python_itself_lies_in_may_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", "/root/.local/share/uv/python")
    assert directives(written()["sayso.service"])["ProtectHome"] == "read-only"


@pytest.mark.parametrize(
    ("database", "is_shut"),
    [(None, True), ("postgresql:///sayso", True), ("postgresql://db.example.org/sayso", False)],
)
def test_the_network_is_shut_unless_the_database_is_elsewhere(database: str | None, is_shut: bool) -> None:
    said = directives(written(database=database)["sayso.service"])
    assert ("IPAddressDeny" in said) is is_shut


def test_systemd_understands_the_units(machine: Machine, tmp_path: Path) -> None:
    """Where systemd is not there, its own tool cannot be asked: then each line is looked at by its form alone."""
    paths = [machine.units / name for name in NAMES]
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        for path in paths:
            lines = [line for line in path.read_text().splitlines() if line and line[0] not in "#["]
            assert all(line.split("=", 1)[0].isalpha() and "{" not in line for line in lines)
        return
    verified = subprocess.run([analyze, "verify", *paths], capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stderr
    assert not [line for line in verified.stderr.splitlines() if "sayso" in line], verified.stderr
    (tmp_path / "sayso.service").write_text(written()["sayso.service"])
    words = [
        analyze,
        "security",
        "--offline=true",
        f"--threshold={EXPOSURE_MAX * 10:g}",
        str(tmp_path / "sayso.service"),
    ]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0
