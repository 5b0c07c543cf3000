"""One file, in the child: from its bytes to what is said of it and of each of its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import BinaryIO, Final, NoReturn

from forms.errors import FormsError
from forms.paper.fields import PART
from scanning import pictures
from scanning.condition import Condition, condition_of
from scanning.foreign import ForeignLibrary, ForeignPage, foreign_template_of, read_foreign
from scanning.foreign.stamped import StampedPage, read_stamped, stamped_template_of
from scanning.foreign.unmarked import unmarked_template_of
from scanning.hints import Hint
from scanning.pages import PageImage, PageLimits, UnreadablePage, page_images, pages_in
from scanning.pipeline import Library, Located, read_image
from scanning.pipeline.by_hand import read_by_hand
from scanning.readers import worker
from scanning.readers.messages import Aside, Opened, PageRead, Typed, outcomes_of
from scanning.readers.results import Wanted
from scanning.readers.stored import as_stored
from scanning.readers.worker import Page
from scanning.readings import PageReading, Refusal, SetAside, State
from scanning.template import Grey, Template, template_of
from scanning.typed import typed_readings
from scanning.writing.beside import beside
from scanning.writing.drafts import Draft, is_beside
from scanning.writing.engines import Engines
from scanning.writing.page import drafts

CHANCE: Final = SystemRandom()
"""Draws what is checked: nobody can know which."""

ENGINES: Final = Engines()
"""They load what they need when the first line is read."""

OTHERS: Final = "This is page {page} of another form than that of which this paper is said to be."

PDF_HEAD: Final = b"%PDF-"
PDF_HEAD_WITHIN: Final = 1024
"""Bytes before which a PDF's head may stand."""


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads files by the forms of a library."""

    library: Library
    limits: PageLimits
    wanted: Wanted
    strangers: tuple[int, ...] = ()
    """Numbers of the files that were given as forms and can be used for none."""
    foreign: ForeignLibrary | None = None
    """Other people's forms, where there are any: looked for where no page of ours is found."""

    @classmethod
    def of(cls, forms: list[bytes], limits: PageLimits, wanted: Wanted) -> "FileReader":
        """Give a reader by forms as PDFs."""
        templates = [_template(content) for content in forms]
        found = {one.printing: one for one in templates if one is not None and not _is_foreign(one)}
        others = {one.printing: one for one in templates if one is not None and _is_foreign(one)}
        strangers = tuple(number for number, template in enumerate(templates) if template is None)
        others = _told_apart(others, wanted.theirs)
        return cls(Library(found), limits, wanted, strangers, ForeignLibrary(others) if others else None)

    def opened(self, file: BinaryIO) -> Opened | Typed:
        """Look at a file as a whole: the pages of one that was typed into, else how many images it holds."""
        # Counted first, as that refuses what would keep whoever looks for fields busy for hours.
        pages = pages_in(file, self.limits)
        typed = typed_readings(file, self.library) if _is_pdf(file) else None
        return Typed(outcomes_of(typed)) if typed else Opened(pages)

    def pages(self, file: BinaryIO, first: int, count: int, hint: Hint | None = None) -> Iterator[Page]:
        """Read that many pages of images; one of which a person said what it is, by that."""
        file.seek(0)
        for page in page_images(file, self.limits, first, count):
            yield self._page(page, hint) if isinstance(page, PageImage) else (_unreadable(page), ())

    def _page(self, page: PageImage, hint: Hint | None) -> Page:
        outcomes = [self._by_hand(page.image, hint)] if hint else self._read(page.image)
        drafted = tuple(self._drafts(page, outcome) for outcome in outcomes)
        crops = [self._crops(page, *one) for one in zip(outcomes, drafted, strict=True)]
        wants_a_look = self.wanted.sampled >= 1 or any(map(_wants_a_look, outcomes)) or any(map(is_beside, drafted))
        preview = self.wanted.preview and wants_a_look
        whole = [
            *([pictures.overlay(page.image, outcomes)] if self.wanted.overlay else ()),
            *([pictures.preview(page.image)] if preview else ()),
        ]
        told = PageRead(
            index=page.index,
            stored_px=page.stored_px,
            outcomes=outcomes_of(as_stored(one.reading, page) if isinstance(one, Located) else one for one in outcomes),
            crops=tuple(tuple(of_one) for of_one in crops),
            overlay=self.wanted.overlay,
            preview=preview,
            condition=_condition(page, outcomes) if self.wanted.condition else None,
            drafts=drafted if self.wanted.writing or self.wanted.beside else (),
        )
        return told, (*(crop for of_one in crops for crop in of_one.values()), *whole)

    def _read(self, image: Grey) -> list[Located | SetAside]:
        """Read an image by our own forms, then by other people's; these have no marks that a search could find."""
        outcomes = self._read_ours(image) if self.library.templates or self.foreign is None else []
        if self.foreign is None or any(map(_bears_our_marks, outcomes)):
            return outcomes
        return [self._read_theirs(image, self.foreign)]

    def _read_theirs(self, image: Grey, foreign: ForeignLibrary) -> Located | SetAside:
        """Read an image by what others printed; a page of a form that nobody expects here is set aside."""
        found = read_foreign(image, foreign, self.wanted.page)
        if isinstance(found, SetAside) or self.wanted.theirs is None or found.reading.printing in self.wanted.theirs:
            return found
        return SetAside(Refusal.UNKNOWN_PRINTING, OTHERS.format(page=found.reading.page))

    def _read_ours(self, image: Grey) -> list[Located | SetAside]:
        """Read an image by what bears our marks and codes, around our own pages or around other people's."""
        return [_as_stamped(image, one) for one in read_image(image, self.library)]

    def _by_hand(self, image: Grey, hint: Hint) -> Located | SetAside:
        """Read a page of which a person said what it is."""
        if self.foreign is not None and hint.printing in self.foreign.templates:
            return read_foreign(image, self.foreign, hint.page)
        return _as_stamped(image, read_by_hand(image, self.library, hint))

    def _crops(self, page: PageImage, outcome: Located | SetAside, drafted: Sequence[Draft]) -> dict[str, bytes]:
        if not self.wanted.crops or not isinstance(outcome, Located):
            return {}
        doubtful = looked_at(outcome.reading, drafted)
        sure = [name for name in outcome.reading.answers if name not in doubtful]
        drawn = [name for name in sure if CHANCE.random() < self.wanted.sampled]
        return pictures.crops(page.image, outcome, [*doubtful, *drawn])

    def _drafts(self, page: PageImage, outcome: Located | SetAside) -> tuple[Draft, ...]:
        if not isinstance(outcome, Located):
            return ()
        if self.wanted.writing is not None:
            return tuple(drafts(page.image, outcome, self.wanted.writing, ENGINES))
        return tuple(beside(page.image, outcome)) if self.wanted.beside else ()


def looked_at(reading: PageReading, drafted: Sequence[Draft] = ()) -> list[str]:
    """Give the questions of a page that somebody has to look at: those doubted, written in, or written beside."""
    doubted = (doubt.question for doubt in reading.doubts)
    written = (one.name.split(PART, maxsplit=1)[0] for one in reading.writings if one.state is not State.BLANK)
    beside_boxes = (one.name for one in drafted if is_beside((one,)))
    return list(dict.fromkeys((*doubted, *written, *beside_boxes)))


def _as_stamped(image: Grey, found: Located | SetAside) -> Located | SetAside:
    """Give a page of somebody else's that bears our marks as its own boxes are measured; any other as it was read."""
    is_stamped = isinstance(found, Located) and isinstance(found.identity.page, StampedPage)
    return read_stamped(image, found.identity) if isinstance(found, Located) and is_stamped else found


def _condition(page: PageImage, outcomes: Sequence[Located | SetAside]) -> Condition | None:
    """Give what a page tells of the scanner; None where no sheet of ours was found that tells how large it is."""
    found = next((one.identity for one in outcomes if isinstance(one, Located)), None)
    if found is None or isinstance(found.page, ForeignPage):
        return None
    return condition_of(page, found.registration, found.page.size, found.page.fiducials)


def _wants_a_look(outcome: Located | SetAside) -> bool:
    if isinstance(outcome, SetAside):
        return outcome.refusal is not Refusal.BLANK_PAGE
    return bool(outcome.reading.doubts)


def serve() -> NoReturn:
    """Be a child."""
    worker.serve(FileReader.of)


def _template(content: bytes) -> Template | None:
    try:
        return (
            stamped_template_of(content)
            or unmarked_template_of(content)
            or template_of(content)
            or foreign_template_of(content)
        )
    except FormsError:
        return None


def _is_foreign(template: Template) -> bool:
    return any(isinstance(page, ForeignPage) and not isinstance(page, StampedPage) for page in template.pages)


def _told_apart(others: dict[str, Template], wanted: tuple[str, ...] | None) -> dict[str, Template]:
    """Leave out what looks exactly as what is wanted: the same paper, adopted once more, is no other paper."""
    if wanted is None:
        return others
    looks = {_look(others[name]) for name in wanted if name in others}
    return {name: one for name, one in others.items() if name in wanted or _look(one) not in looks}


def _look(template: Template) -> tuple[bytes, ...]:
    return tuple(page.packed_reference for page in template.pages)


def _bears_our_marks(outcome: Located | SetAside) -> bool:
    """Tell whether an image shows a sheet of ours, be it one that cannot be told: it is nobody else's."""
    return isinstance(outcome, Located) or outcome.refusal in (Refusal.NO_CODE, Refusal.UNKNOWN_PRINTING)


def _unreadable(page: UnreadablePage) -> PageRead:
    aside = SetAside(Refusal.UNREADABLE, page.detail)
    return PageRead(page.index, None, (Aside(aside),), ((),))


def _is_pdf(file: BinaryIO) -> bool:
    file.seek(0)
    return PDF_HEAD in file.read(PDF_HEAD_WITHIN)
