"""What a child can see of the machine: programs, libraries and the code it runs, read-only; nothing else.

There is no /proc and no folder that can be written to but an empty /tmp of its own, small, in memory, and gone with the
child: Tesseract takes and gives its words in files. An open file's entry in /proc would let a child open the same
file again for writing, past the view.
"""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
"""The folder of the product's packages."""

SYSTEM: Final = Path("/usr")
LINKED: Final = ("/lib", "/lib32", "/lib64", "/bin", "/sbin")
"""Links into /usr on a system of today, folders of their own on an older one."""

USED_OF_ETC: Final = ("/etc/ld.so.cache", "/etc/alternatives")
DEVICES: Final = ("/dev/null", "/dev/urandom")

SCRATCH: Final = "/tmp"  # a file system of the child's own  # noqa: S108  # nosec B108
SCRATCH_MAX_MB: Final = 16
"""For a page's strip of print as PNG, below 1 MB."""

PROBE_S: Final = 10.0


@functools.cache
def bubblewrap(packages: tuple[str, ...]) -> tuple[str, ...]:
    """Give the bubblewrap command that isolates a child of these packages; nothing where it is missing or fails."""
    program = shutil.which("bwrap")
    if program is None:
        return ()
    isolated = ("--unshare-all", "--die-with-parent", "--cap-drop", "ALL")
    command = (program, *isolated, *_seen(packages), "--remount-ro", "/", "--chdir", "/")
    probe = [*command, sys.executable, "-I", "-c", "import ctypes, json, site"]
    try:
        works = subprocess.run(probe, capture_output=True, timeout=PROBE_S, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if works else ()


def _seen(packages: tuple[str, ...]) -> tuple[str, ...]:
    # Before all else: what is bound may lie in /tmp itself.
    scratch = ("--size", str(SCRATCH_MAX_MB * 2**20), "--tmpfs", SCRATCH)
    return (*scratch, *_system(), *_python(), *_code(packages))


def _system() -> Iterator[str]:
    """Give the system's programs and libraries."""
    yield from _bound(SYSTEM)
    for path in map(Path, LINKED):
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        else:
            yield from _bound(path)
    for name in USED_OF_ETC:
        yield from _bound(Path(name))
    for name in DEVICES:
        yield from ("--dev-bind", name, name)


def _python() -> Iterator[str]:
    """Give Python and its libraries, wherever they are: a virtual environment's and those that it builds upon."""
    program = Path(sys.executable)
    real = program.resolve()
    homes = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.base_prefix).resolve()}
    for home in sorted(homes):
        for part in ("lib", "lib64", "pyvenv.cfg"):
            yield from _bound(home / part)
    yield from _bound(real)
    if program != real and not _is_of_the_system(program):
        yield from ("--symlink", str(real), str(program))


def _code(packages: tuple[str, ...]) -> Iterator[str]:
    """Give the packages that the child imports, but not what else lies beside them."""
    for name in packages:
        yield from _bound(ROOT / name)


def _bound(path: Path) -> Iterator[str]:
    """Give a file or folder as it is, unless it is not there or there already."""
    if path == SYSTEM or (path.exists() and not _is_of_the_system(path)):
        yield from ("--ro-bind", str(path), str(path))


def _is_of_the_system(path: Path) -> bool:
    return path.is_relative_to(SYSTEM)


def environment() -> dict[str, str]:
    """Give what a child keeps of the environment: how to find programs and libraries."""
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
