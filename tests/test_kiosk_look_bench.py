"""The measurements of the kiosk's screens are themselves run, a little of each, and can fail."""

from itertools import islice

import pytest

from tests.bench import kiosk_look, kiosk_taps
from tests.journeys import kiosk_screens
from tests.journeys.browser import chromium, held
from tests.kiosk.look.showcase import showcase


def test_screens_are_looked_at_and_weighed() -> None:
    assert [table.missed for table in kiosk_look.figures(quick=True)] == [0, 0, 0]


def test_a_target_below_the_limit_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kiosk_screens, "TARGET_MM", 60)
    with held(showcase()) as site, chromium() as browser:
        assert kiosk_look.findings(browser, site, islice(kiosk_screens.pairs(), 1)).missed == 1


def test_a_shaking_hand_is_counted() -> None:
    assert kiosk_taps.figures(quick=True).missed == 0


def test_a_hand_that_shakes_too_slowly_for_the_lock_skips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kiosk_taps, "AGAIN_MS", (700, 900))
    monkeypatch.setattr(kiosk_taps, "QUICK_TAPS", 20)
    assert kiosk_taps.figures(quick=True).missed > 0
