"""A whole campaign through the real site: households in, paper out and back, kiosks meanwhile, doubts settled."""

import os
import random
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from forms.definition import Form
from forms.loading import parse_form
from forms.paper.printing import print_form
from server.models.campaigns import Audience, Channel
from server.models.copies import RunKind
from server.store import Store
from server.web.words import today
from tests.bench.processes import Working
from tests.bench.whole_paper import scanned_again, stacks_of
from tests.bench.whole_settling import Settled, settled
from tests.demo import town, workspace
from tests.demo.browser import Browser
from tests.demo.chapters import LETTER
from tests.demo.making import settings_of, signed_in
from tests.demo.measures import survey
from tests.demo.office import Campaign, Office
from tests.demo.opinions import Person
from tests.demo.post import Post, check_print
from tests.demo.sheets import PageIn
from tests.demo.site import Site
from tests.demo.story import Played
from tests.demo.visits import Visited, at_kiosk, visit

HOUSEHOLDS: Final = 1_800
RETURNED: Final = 0.35
VISITS: Final = 200
"""With all households; in proportion with fewer."""

NAME: Final = "our-survey"
FIRST_VISITOR, ORDER = 90_000, 1_800
"""Seeds."""

PATIENCE_S: Final = 3 * 3600.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Whole:
    """What was played, and what it took."""

    form: Form
    households: int
    pages_a_copy: int
    pages: int
    """That came back at first."""
    played: Played
    at_kiosk: Mapping[str, Visited]
    """What was said at the kiosk, by the code of the copy that had been posted to that home."""
    browser: Browser
    did: Settled
    read_s: float
    cpu_s: float
    """What site and readers worked meanwhile, as far as it was seen."""
    load: float

    @property
    def copies(self) -> int:
        """Give how many copies came back."""
        return len({page.copy for pages in self.played.post.files.values() for page in pages})


def returned_of(households: int) -> int:
    """Give how many of so many send their paper back."""
    return round(households * RETURNED)


def visits_of(households: int) -> int:
    """Give how many of so many answer at the kiosk."""
    return round(households * VISITS / HOUSEHOLDS)


def play(folder: Path, site: Site, households: int, say: Say) -> Whole:
    """Play the campaign at a site whose folder is new."""
    store, office = Store(settings_of(folder)), signed_in(site, workspace.ADMINISTRATOR)
    kiosk, campaign = _opened(office, households)
    form = parse_form(survey(NAME).encode(), NAME)
    run, printing = (
        office.ask_for_run(campaign, RunKind.HOUSEHOLDS, letter=LETTER),
        print_form(form, store.settings.who()),
    )
    printed = office.printed(run)
    check_print(printing, printed)
    codes = [code for code, _ in printed.copies]
    random.Random(ORDER).shuffle(codes)
    back = returned_of(households)
    say(f"{len(codes)} copies are printed; {back} are filled in, worn and scanned, which is not counted")
    stacks = stacks_of(printing, codes[:back], folder)
    say(f"{sum(map(len, stacks.values()))} pages lie in {len(stacks)} files; now they are dropped")
    post = Post(store)
    with ThreadPoolExecutor(1) as pool:
        with Working() as working:
            start = time.monotonic()
            coming = pool.submit(_visits, site.port, kiosk, campaign, form, codes[back : back + visits_of(households)])
            _drop(post, stacks)
            post.wait_until_read(PATIENCE_S)
            read_s, load = time.monotonic() - start, os.getloadavg()[0]
        at_kiosks = coming.result()
    say(f"all is read; {len(at_kiosks)} people have answered at the kiosk; an officer settles what is in doubt")
    office.add_officer(workspace.OFFICER, workspace.NAMES[workspace.OFFICER], workspace.PASSWORD)
    officer, again = signed_in(site, workspace.OFFICER).browser, partial(scanned_again, printing, codes)
    did = settled(office, officer, post, again)
    return Whole(
        form=form,
        households=households,
        pages_a_copy=printing.pages - len(printing.blank_pages),
        pages=sum(map(len, stacks.values())),
        played=Played(post, kiosk, list(at_kiosks.values())),
        at_kiosk=at_kiosks,
        browser=office.browser,
        did=did,
        read_s=read_s,
        cpu_s=working.worked_s,
        load=load,
    )


def _opened(office: Office, households: int) -> tuple[str, int]:
    """Bring in the households and open the campaign; give the kiosk's key and the campaign's number."""
    place = office.add_site("The Cove (made up)")
    kiosk = office.add_kiosk("Kiosk in the hall", place)
    office.import_homes(town.homes_csv(town.homes(households)))
    form, day = office.put_in_form(survey(NAME).encode()), today()
    channels = (Channel.PAPER, Channel.KIOSK)
    wanted = Campaign("Tenant survey", form, day, day + timedelta(days=30), channels, Audience.INVITED, [place])
    return kiosk, office.make_campaign(wanted, day, asks_homes=True)


def _drop(post: Post, stacks: Mapping[Path, Sequence[PageIn]]) -> None:
    for path, pages in stacks.items():
        post.drop_scan(path.stem, path.read_bytes(), pages)
        path.unlink()


def _visits(port: int, key: str, campaign: int, form: Form, codes: Sequence[str]) -> dict[str, Visited]:
    with at_kiosk(port, key) as visitor:
        return {
            code: visit(visitor, campaign, form, Person(FIRST_VISITOR + number), code)
            for number, code in enumerate(codes)
        }
