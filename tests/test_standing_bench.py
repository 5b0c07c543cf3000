"""The measurement of the standing site is itself run, one start of it, and can fail."""

import pytest

from tests.bench import standing


def test_an_idle_site_holds_less_memory_than_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert standing.main(["--quick"]) == 0
    assert "memory when idle, with its worker" in capsys.readouterr().out


def test_a_site_that_holds_more_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "starts", lambda **_: [standing.Standing(1.0, 1.0, 200.0, 251.0)])
    assert standing.main(["--quick"]) == 1
