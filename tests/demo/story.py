"""The year, played through the real site: pages that officers use, touches at the kiosk, paper that comes back."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from forms import library
from forms.paper.editions import SizeName
from forms.paper.printing import Printing, print_form
from server.models.copies import RunKind
from tests.demo.cast import Cast, cast
from tests.demo.chapters import LETTER, Chapter
from tests.demo.interviews import Interview, interviews_csv
from tests.demo.office import Campaign, Office
from tests.demo.post import Post, check_print, save_spare
from tests.demo.sheets import PageIn, Sheet, come_back
from tests.demo.town import Home, homes_csv
from tests.demo.visits import Visited, at_kiosk, visit

SITE: Final = "The Cove (made up)"
KIOSK: Final = "Kiosk in the hall"
SPARE: Final = "spare-scans"

Coming = list[Future[list[PageIn]]]


@dataclass(slots=True)
class Scene:
    """A chapter once its campaign is open."""

    chapter: Chapter
    campaign: int
    run: int | None
    printing: Future[Printing] | None
    cast: Cast | None = None
    batches: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Played:
    """All that was done, to tell of it and to compare with."""

    post: Post
    kiosk_key: str = ""
    visits: list[Visited] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Story:
    """Where the year is played, and with whom. `say` tells whoever waits how far it is."""

    office: Office
    post: Post
    pool: Executor
    today: date
    say: Callable[[str], None]

    def play(self, chapters: Sequence[Chapter], homes: Sequence[Home]) -> Played:
        """Play all chapters but for what officers settle; give what was done."""
        played = Played(self.post)
        site = self.office.add_site(SITE)
        played.kiosk_key = self.office.add_kiosk(KIOSK, site)
        self.office.import_homes(homes_csv(homes))
        self.say(f"{len(homes)} homes are imported; {len(chapters)} campaigns are opened and printed")
        played.scenes = [self._begun(chapter, site) for chapter in chapters]
        areas = {home.code: home.area for home in homes}
        coming = [self._printed(scene, areas) for scene in played.scenes]
        self.say("People answer at the kiosk and on the telephone, and fill in their paper")
        for scene in played.scenes:
            self._answered(scene, played)
        for scene, stacks in zip(played.scenes, coming, strict=True):
            self._posted(scene, stacks)
        self.say(f"{self.post.pages} pages are scanned, and read by the worker")
        self.post.wait_until_read()
        return played

    def _begun(self, chapter: Chapter, site: int) -> Scene:
        wanted = Campaign(
            chapter.name, self._form_key(chapter), chapter.opens_on, chapter.closes_on, chapter.channels,
            chapter.audience, [site], chapter.shows_results,
        )  # fmt: skip
        campaign = self.office.make_campaign(wanted, self.today, asks_homes=chapter.asks_homes)
        paper = chapter.paper
        if paper is None:
            return Scene(chapter, campaign, None, None)
        letter = LETTER if paper.kind is RunKind.HOUSEHOLDS else ""
        run = self.office.ask_for_run(campaign, paper.kind, paper.copies, paper.size, letter)
        who = self.post.store.settings.who()
        return Scene(
            chapter, campaign, run, self.pool.submit(partial(print_form, size=SizeName(paper.size)), chapter.form, who)
        )

    def _form_key(self, chapter: Chapter) -> str:
        name = chapter.form.form
        if name in library.names() and library.find(name).content_hash == chapter.form.content_hash:
            return f"{name}/library"
        return self.office.put_in_form(chapter.yaml)

    def _printed(self, scene: Scene, areas: dict[str, str]) -> list[Coming]:
        """Take a run from the printer, and have its people begin to fill it in."""
        if scene.run is None or scene.printing is None:
            scene.cast = cast(scene.chapter, (), areas)
            return []
        printed, printing = self.office.printed(scene.run), scene.printing.result()
        check_print(printing, printed)
        scene.cast = cast(scene.chapter, printed.copies, areas)
        return [[self._filling(printing, one) for one in sheets] for _, sheets in scene.cast.stacks()]

    def _filling(self, printing: Printing, sheet: Sheet) -> Future[list[PageIn]]:
        return self.pool.submit(come_back, printing, sheet)

    def _answered(self, scene: Scene, played: Played) -> None:
        """Have people come to the kiosk, and import what others said on the telephone."""
        if scene.cast is None:
            return
        if scene.chapter.visits:
            with at_kiosk(self.office.browser.port, played.kiosk_key) as visitor:
                for person, code, _ in scene.cast.at_kiosk:
                    given = code if scene.chapter.asks_homes else None
                    played.visits.append(visit(visitor, scene.campaign, scene.chapter.form, person, given))
        if scene.chapter.interviews:
            form = scene.chapter.form
            everybody = [Interview(home, form, person.says(form)) for person, _, home in scene.cast.interviewed]
            called = [one for one in everybody if one.said]
            who = self.post.store.settings.who()
            content = interviews_csv(called, who, scene.chapter.opens_on, scene.chapter.closes_on)
            self.office.import_answers(scene.campaign, content)
            played.interviews += called

    def _posted(self, scene: Scene, coming: Sequence[Coming]) -> None:
        """Have stacks come back: by the page Post, into the watched folder, or spared for the visitor."""
        if scene.cast is None:
            return
        for number, ((stack, _), copies) in enumerate(zip(scene.cast.stacks(), coming, strict=True), 1):
            pages = [page for copy in copies for page in copy.result()]
            name = f"{scene.chapter.name}, {'stack' if stack else 'spare'} {number}".replace("/", "-")
            if stack is None:
                save_spare(self.folder / SPARE, name, pages)
            elif stack.came_on is not None:
                scene.batches.append(self.post.send(self.office, name, stack.came_on, pages))
            else:
                self.post.drop(name, pages)
                if stack.oddities:
                    self.post.drop_letter()

    @property
    def folder(self) -> Path:
        """Give the demo's folder."""
        return self.post.store.folder.parent
