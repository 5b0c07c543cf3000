"""What the kiosk asks of its store, fulfilled by the database. One of these serves all kiosks of a process."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from forms.kinds.contact import Contact
from kiosk.sitting import Campaign, Sitting
from kiosk.store import Finished, Here, Kiosk, Results
from server.installation.kiosks import hashed as hashed_key
from server.models.base import now
from server.models.kiosks import Kiosk as KioskRow
from server.queries import sittings as queries
from server.sittings import guessing, remembered, sending, wiping
from server.sittings.campaigns import campaign_from
from server.sittings.keeping import Keeping
from server.sittings.remembered import Remembered
from server.sittings.rows import alive_since, hashed, sitting_from
from server.store import Store
from server.web.words import today

REST_LOOKS_BACK: Final = timedelta(days=1)
"""Longer than any kiosk rests after an answer."""


class KioskDesk:
    """Fulfils `kiosk.store.KioskStore`."""

    def __init__(self, store: Store) -> None:
        self._store: Final = store
        self._keeping: Final = Keeping(store)
        seconds = remembered.SECONDS
        self._kiosks: Final = Remembered(self._kiosk_of_token, seconds)
        self._campaigns_at: Final = Remembered(self._open_at, seconds)
        self._campaigns: Final = Remembered(self._campaign_of, seconds)
        self._results: Final = Remembered(self._counted, seconds)

    def kiosk_with(self, key: str) -> Kiosk | None:
        """Give the kiosk in use that proves itself by this key."""
        return self._kiosks(hashed_key(key))

    def set_up(self, key: str, address: str) -> Kiosk | int:
        """Give the same for a key that was typed in, or the seconds to wait after too many wrong ones."""
        found = guessing.set_up(self._store, key, address)
        return found if isinstance(found, int) else _kiosk(found)

    def here(self, kiosk: Kiosk) -> Here:
        """Give what can be answered at a kiosk today, and what rests."""
        campaigns = self._campaigns_at(kiosk.site_id)
        return Here(campaigns, self._resting(kiosk, campaigns))

    def campaign(self, campaign_id: int) -> Campaign | None:
        """Give a campaign, even one that has closed while somebody was answering it."""
        return self._campaigns(campaign_id)

    def sitting(self, kiosk: Kiosk, key: str) -> Sitting | None:
        """Give the sitting of a browser; None where it has none, or left it alone for too long."""
        with self._store.reading() as session:
            row = queries.sitting_row(session, hashed(key), kiosk.id, alive_since())
        return sitting_from(row) if row is not None else None

    def keep(self, kiosk: Kiosk, key: str, sitting: Sitting) -> bool:
        """Keep a sitting under its next turn, once; the first of a browser wipes earlier ones at the kiosk."""
        return self._keeping.keep(kiosk.id, key, sitting)

    def send(self, kiosk: Kiosk, key: str, sitting: Sitting, finished: Finished) -> bool:
        """Save the response and empty the sitting."""
        return sending.send(self._store, kiosk.id, key, sitting, finished)

    def complain(self, kiosk: Kiosk, key: str, sitting: Sitting, contact: Contact | None) -> bool:
        """Make what was sent a complaint, or keep how its maker can be reached."""
        return sending.complain(self._store, kiosk.id, key, sitting, contact)

    def wipe(self, kiosk: Kiosk, key: str) -> None:
        """Remove a sitting, or keep its answers as unfinished where the campaign says so."""
        wiping.wipe(self._store, kiosk.id, key)

    def alive(self, kiosk: Kiosk, key: str) -> bool:
        """Note that somebody is there."""
        return self._keeping.touch(kiosk.id, key)

    def seconds_until_next_code(self, kiosk: Kiosk) -> int:
        """Give how long this kiosk takes no code."""
        return guessing.seconds_until_next_code(self._store, kiosk.id)

    def knows_code(self, kiosk: Kiosk, campaign: Campaign, code: str) -> bool:
        """Tell whether a code was issued for a campaign; counts against the kiosk where it was not."""
        return guessing.knows_code(self._store, kiosk.id, campaign.id, code)

    def results(self, campaign: Campaign) -> Results:
        """Give what was answered so far."""
        return self._results(campaign.id)

    def _kiosk_of_token(self, token_sha256: str) -> Kiosk | None:
        with self._store.reading() as session:
            found = queries.kiosk_of_token(session, token_sha256)
        return _kiosk(found) if found is not None else None

    def _open_at(self, site_id: int) -> tuple[Campaign, ...]:
        with self._store.reading() as session:
            return tuple(campaign_from(one) for one in queries.campaigns_at(session, site_id, today()))

    def _campaign_of(self, campaign_id: int) -> Campaign | None:
        with self._store.reading() as session:
            found = queries.campaign_answered(session, campaign_id)
            return campaign_from(found) if found is not None else None

    def _resting(self, kiosk: Kiosk, campaigns: tuple[Campaign, ...]) -> Mapping[int, int]:
        """Give the seconds until each campaign that rests takes its next answer here."""
        resting = {campaign.id: campaign.rest_seconds for campaign in campaigns if campaign.rest_seconds}
        if not resting:
            return {}
        with self._store.reading() as session:
            last = queries.last_answered(session, kiosk.id, list(resting), today() - REST_LOOKS_BACK)
        left = {one: resting[one] - int((now() - moment).total_seconds()) for one, moment in last.items()}
        return {one: seconds for one, seconds in left.items() if seconds > 0}

    def _counted(self, campaign_id: int) -> Results:
        with self._store.reading() as session:
            responses, counts = queries.counts_so_far(session, campaign_id)
        return Results(counts, responses)


def _kiosk(row: KioskRow) -> Kiosk:
    return Kiosk(row.id, row.site_id, row.site.name)
