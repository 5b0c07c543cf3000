"""The house rules that no other tool keeps."""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from forms import library
from forms.landlord import Landlord
from forms.paper.editions import EditionName
from forms.paper.printing import print_form
from server.cli import sayso
from server.households.example import example_csv
from tests.paper.files import jpeg
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS
from tests.server.conftest import PASSWORD

ROOT = Path(__file__).parents[1]
GUIDE_TO_FORMS = ROOT / "server" / "guides" / "form-writer.md"
BINARY = (".gz", ".onnx", ".ttf", ".woff2", ".pdf", ".png")
TOP_LEVEL = {"forms", "scanning", "kiosk", "server", "tests", "pyproject.toml", "README.md", "Makefile", "LICENSE",
             "NOTICE", "CHANGELOG.md", "requirements.txt", "requirements-dev.txt",
             "requirements-writing.txt"}  # fmt: skip


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def test_nothing_else_lies_at_the_top() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_every_package_is_under_the_import_rules() -> None:
    packages = {path.parent.name for path in tracked() if path.name == "__init__.py" and path.parent.parent == ROOT}
    rules = (ROOT / ".importlinter").read_text(encoding="utf-8")
    listed = re.search(r"root_packages =\n((?:    \w+\n)+)", rules)
    assert listed
    assert packages - {"tests"} == set(listed[1].split())


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_python_package_is_pinned_with_hashes(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    packages = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert len(packages) > 15
    assert all("==" in line and "--hash=sha256:" in line for line in packages)


def test_every_package_that_pyproject_names_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for wanted, name in (
        (project["project"]["dependencies"], "requirements.txt"),
        (project["dependency-groups"]["dev"], "requirements-dev.txt"),
        (project["dependency-groups"]["writing"], "requirements-writing.txt"),
    ):
        pinned = set(re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        named = {re.split(r"[\[>=]", requirement)[0].replace(".", "-") for requirement in wanted}
        assert named <= pinned


def test_no_file_names_a_registry_or_a_path_of_somebodys_machine() -> None:
    forbidden = re.compile(
        rf"index-url|registry *=|(?<!\w){re.escape(str(ROOT))}/\w|/home/\w+/|deb +https?:|\"resolved\": *\"http"
    )
    for path in tracked():
        if path.suffix in BINARY or path.name.endswith(".min.js") or path == Path(__file__):
            continue
        assert not forbidden.search(path.read_text(encoding="utf-8")), path


def _commands(page: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("sayso ")]


def _scan_a_return_of(form: str, edition: EditionName, folder: Path) -> None:
    """Put a simulated return of a form into a folder: what a reader of the guides gets from an office scanner."""
    folder.mkdir()
    printing = print_form(library.find(form), Landlord(), edition=edition)
    for number, page in enumerate(simulated_return(printing, 1, WEARS["grey"]).pages, 1):
        (folder / f"{number}.jpg").write_bytes(jpeg(page.scan.image))


def _begin_with(page: str, folder: Path) -> None:
    """Lay ready what somebody has who follows a page: the form that it shows, scans, a list of homes."""
    for name, content in re.findall(r"```yaml\n# (\S+)\n(.*?)```", GUIDE_TO_FORMS.read_text("utf-8"), re.DOTALL):
        (folder / name).write_text(content, encoding="utf-8")
    if "bins.pdf scans/" in page:
        (folder / "bins.pdf").write_bytes(print_form(library.find("bins.yaml"), Landlord()).pdf)
        _scan_a_return_of("bins.yaml", EditionName.CLEAR, folder / "scans")
    else:
        _scan_a_return_of("poll", EditionName.LARGE, folder / "scans")
    (folder / "homes.csv").write_bytes(example_csv())


@pytest.mark.parametrize("name", ["README.md", "server/guides/form-writer.md", "server/guides/command-line.md"])
def test_the_commands_of_a_page_work_as_they_stand(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    commands = _commands(page)
    assert len(commands) > 1
    _begin_with(page, tmp_path)
    for command in commands:
        if command == "sayso serve":  # it does not end by itself: tests/server/test_serving.py starts it
            continue
        words, _, target = command.partition(" > ")
        answers = f"{PASSWORD}\n{PASSWORD}\n" if " user add " in words else None
        result = CliRunner().invoke(sayso, shlex.split(words)[1:], input=answers, standalone_mode=False)
        assert result.exception is None, f"{command}: {result.exception!r}"
        assert result.return_value in (None, 0), f"{command}: {result.output}"
        if target:
            (tmp_path / target).write_text(result.stdout, encoding="utf-8")


def test_every_page_that_a_page_leads_to_is_there() -> None:
    pages = [ROOT / "README.md", *(ROOT / "server" / "guides").glob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))]
    assert len(links) > 8
    assert [link for page, link in links if not (page.parent / link).exists()] == []
