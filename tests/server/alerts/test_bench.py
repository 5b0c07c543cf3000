"""The table of `tests.bench.alerts` is printed, and can be missed."""

import pytest

from server.alerting.danger import Danger
from tests.bench import alerts
from tests.server.alerts import sentences


def test_the_figures_are_reached_and_each_part_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert alerts.main(["--quick"]) == 0
    printed = capsys.readouterr().out
    assert "simulated" in printed
    assert all(words.split()[-1] in printed for words in alerts.NAMED.values())


@pytest.mark.parametrize("found", [(), tuple(Danger)])
def test_who_finds_nothing_or_everything_misses(monkeypatch: pytest.MonkeyPatch, found: tuple[Danger, ...]) -> None:
    monkeypatch.setattr(sentences, "dangers_in", lambda *_: found)
    assert alerts.main(["--quick"]) == 1
