"""A whole campaign through the real site: households in, paper out and back, kiosks meanwhile, doubts settled."""

import os
import random
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import cv2

from forms.definition import Form
from forms.loading import parse_form
from forms.paper.printing import Printing, print_form
from server.models.campaigns import Audience, Channel
from server.models.copies import RunKind
from server.store import Store
from server.web.words import today
from tests.bench.processes import Working
from tests.bench.whole_settling import Settled, settled
from tests.demo import town, workspace
from tests.demo.browser import Browser
from tests.demo.chapters import LETTER
from tests.demo.making import settings_of, signed_in
from tests.demo.measures import survey
from tests.demo.office import Campaign, Office
from tests.demo.opinions import Person
from tests.demo.post import Post, check_print, stack_of
from tests.demo.sheets import PageIn
from tests.demo.site import Site
from tests.demo.story import Played
from tests.demo.visits import Visited, at_kiosk, visit
from tests.paper.hands import Family
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS

HOUSEHOLDS: Final = 1_800
RETURNED: Final = 0.35
VISITS: Final = 200
"""With all households; in proportion with fewer."""

NAME: Final = "our-survey"
STACK_PAGES: Final = 50
"""What an office scanner's feeder holds, and makes one PDF of."""

MIXED: Final = (
    "grey-200", "everyday", "grey", "letter-fold", "clean-300", "noise-jpeg-60", "turned-180", "bitonal", "folded",
    "grey-200", "rotated-3", "everyday", "punched", "bleed-through", "coffee-ring", "clean-150", "noise-jpeg-30",
    "stapled", "photocopied-twice", "corner-torn",
)  # fmt: skip
"""What becomes of one copy after the other: four in twenty are hard, as `tests.paper.wear` has it."""

FIRST_WRITER, FIRST_VISITOR, ORDER = 60_006, 90_000, 1_800
"""Seeds. The writers are of the family that no constant was chosen by; the first marks two boxes of one question, so
that the smallest campaign has a doubt."""

MAKERS: Final = 2
PATIENCE_S: Final = 3 * 3600.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Whole:
    """What was played, and what it took."""

    form: Form
    households: int
    pages_a_copy: int
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
    stacks = _made(printing, codes[:back], folder)
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
    did = settled(office, signed_in(site, workspace.OFFICER).browser, post, printing.name)
    played = Played(post, kiosk, list(at_kiosks.values()))
    pages_a_copy = printing.pages - len(printing.blank_pages)
    return Whole(form, households, pages_a_copy, played, at_kiosks, office.browser, did, read_s, working.worked_s, load)


def _opened(office: Office, households: int) -> tuple[str, int]:
    """Bring in the households and open the campaign; give the kiosk's key and the campaign's number."""
    place = office.add_site("The Cove (made up)")
    kiosk = office.add_kiosk("Kiosk in the hall", place)
    office.import_homes(town.homes_csv(town.homes(households)))
    form, day = office.put_in_form(survey(NAME).encode()), today()
    channels = (Channel.PAPER, Channel.KIOSK)
    wanted = Campaign("Tenant survey", form, day, day + timedelta(days=30), channels, Audience.INVITED, [place])
    return kiosk, office.make_campaign(wanted, day, asks_homes=True)


def _made(printing: Printing, codes: Sequence[str], folder: Path) -> dict[Path, Sequence[PageIn]]:
    """Make the scans of copies, in files; give what is true of their pages."""
    size = max(1, STACK_PAGES // printing.pages)
    seeded = list(enumerate(codes, FIRST_WRITER))
    cuts = {folder / f"scan-{first:04}.pdf": seeded[first : first + size] for first in range(0, len(seeded), size)}
    with ProcessPoolExecutor(MAKERS) as pool:
        coming = {path: pool.submit(_stack, printing, copies, path) for path, copies in cuts.items()}
        return {path: one.result() for path, one in coming.items()}


def _stack(printing: Printing, copies: Sequence[tuple[int, str]], path: Path) -> list[PageIn]:
    """Write the scan of a few copies; give its pages without their images, which would fill the memory."""
    cv2.setNumThreads(1)
    pages = [page for seed, code in copies for page in _come_back(printing, seed, code)]
    path.write_bytes(stack_of(pages))
    return [replace(page, image=b"") for page in pages]


def _come_back(printing: Printing, seed: int, code: str) -> list[PageIn]:
    wear = WEARS[MIXED[(seed - FIRST_WRITER) % len(MIXED)]]
    copy = simulated_return(printing, seed, wear, Family.JUDGING, copy=code)
    return [
        PageIn(code, one.truth.number, one.encoded(), {true.question: true for true in one.truth.questions}, {})
        for one in copy.pages
    ]


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
