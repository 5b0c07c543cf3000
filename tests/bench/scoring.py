"""One simulated return, read → its tally against the truth."""

from collections.abc import Sequence

import cv2
import numpy as np

from scanning.pipeline import Library, Located, read_image
from scanning.readings import PageReading, State
from scanning.settling import settled
from scanning.template import Grey, Points, Template
from tests.bench.tally import GAP_STEP_MM, Tally
from tests.paper.returns import Return, ReturnedPage
from tests.paper.truth import PageTruth, QuestionTruth

HALVED_LONG_PX = 2800
"""From this longer side on a page is read at half its size, as `scanning.pages` does."""

Read = tuple[ReturnedPage, PageReading, Points]
"""A page, what was read on it, and what takes px of the working image to px of the image, across and down."""


def working(page: ReturnedPage) -> tuple[Grey, Points]:
    """Give a page as it is read, and the factors that lead back to its px, across and down."""
    image, dpi = page.scan.image, page.scan.dpi
    halved = max(image.shape[0] * dpi[0] / dpi[1], image.shape[1]) >= HALVED_LONG_PX
    if page.scan.file is not None and halved:
        content = np.frombuffer(page.scan.file, np.uint8)
        half = cv2.imdecode(content, cv2.IMREAD_REDUCED_GRAYSCALE_2 | cv2.IMREAD_IGNORE_ORIENTATION)
        return np.asarray(half, dtype=np.uint8), np.array([2.0, 2.0])
    image = page.scan.decoded().image
    full = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image
    factor = 2 if halved else 1
    size = (round(full.shape[1] / factor), round(full.shape[0] / factor * dpi[0] / dpi[1]))
    how = cv2.INTER_AREA if size[1] <= full.shape[0] else cv2.INTER_LINEAR
    grey = np.asarray(cv2.resize(full, size, interpolation=how) if size != full.shape[::-1] else full, np.uint8)
    return grey, np.array([image.shape[1] / grey.shape[1], image.shape[0] / grey.shape[0]])


def scored(returned: Return, template: Template) -> tuple[Tally, dict[str, object]]:
    """Read a return page by page, as files come in, and settle the copy; give its tally and its answers."""
    tally = Tally()
    library = Library({template.printing: template})
    read: list[Read] = []
    for page in returned.pages:
        grey, factors = working(page)
        outcomes = read_image(grey, library)
        tally.counts["pages"] += 1
        _identified(tally, returned, page, outcomes, factors, read)
    for page, reading, factors in read:
        _placed(tally, page, reading, factors)
        _written(tally, returned, page.truth, reading)
        _page_judged(tally, returned, page.truth, reading)
    return tally, _judged(tally, returned, template, read)


def _identified(
    tally: Tally, returned: Return, page: ReturnedPage, outcomes: Sequence[object], factors: Points, read: list[Read]
) -> None:
    located = [one for one in outcomes if isinstance(one, Located)]
    if not located:
        tally.counts["set_aside"] += 1
        tally.found.append(f"set aside: seed {returned.writer.seed} page {page.truth.number}: {outcomes}")
        return
    reading = located[0].reading
    truth = (returned.printing, page.truth.number, page.truth.copy)
    if len(outcomes) > 1 or (reading.printing, reading.page, reading.copy) != truth:
        tally.counts["wrong_identity"] += 1
        tally.found.append(f"wrong identity: seed {returned.writer.seed} page {page.truth.number}")
        return
    read.append((page, reading, factors))


def _placed(tally: Tally, page: ReturnedPage, reading: PageReading, factors: Points) -> None:
    truths = {(box.name, box.option): box for box in page.truth.boxes}
    px_per_mm = np.array(page.scan.dpi) / 25.4
    for mark in reading.marks:
        truth = truths[mark.name, mark.option]
        wanted = np.array(page.mapping.box(truth.box_mm)).reshape(2, 2)
        found = np.array(mark.box_px).reshape(2, 2) * factors
        gap = np.abs((found[0] + found[1] / 2) - (wanted[0] + wanted[1] / 2)) / px_per_mm
        tally.gaps[int(gap.max() / GAP_STEP_MM)] += 1
    tally.counts["boxes"] += len(reading.marks)


def _written(tally: Tally, returned: Return, truth: PageTruth, reading: PageReading) -> None:
    """Count the places to write in whose ink was missed, or seen where there is none."""
    has_ink = {place.name: place.has_ink for place in truth.writings}
    for writing in reading.writings:
        tally.counts["writings"] += 1
        tally.counts["writings_doubted"] += writing.state is State.DOUBTFUL
        if writing.state is not State.DOUBTFUL and has_ink[writing.name] != (writing.state is State.MARKED):
            kind = "missed" if has_ink[writing.name] else "imagined"
            tally.counts[f"writings_{kind}"] += 1
            where = f"seed {returned.writer.seed} ({returned.writer.pen.kind}) page {truth.number} {writing.name}"
            tally.found.append(f"writing {kind}: {where}")


def _page_judged(tally: Tally, returned: Return, truth: PageTruth, reading: PageReading) -> None:
    """Count the wrong answers that a page alone lets pass; routing over pages is the copy's."""
    doubted = {doubt.question for doubt in reading.doubts}
    for question in truth.questions:
        if question.ambiguous or question.question in doubted or question.question not in reading.answers:
            continue
        whole = len(question.pages) == 1
        if whole and reading.answers[question.question] != question.value:
            tally.counts["wrong_on_page"] += 1
            seed, value = returned.writer.seed, reading.answers[question.question]
            tally.found.append(
                f"page alone: seed {seed} page {truth.number} {question.question}: {value} for {question.value}"
            )


def _judged(tally: Tally, returned: Return, template: Template, read: Sequence[Read]) -> dict[str, object]:
    pages = {page.truth.number for page, _, _ in read}
    answers, doubts = settled(template.form, [reading for _, reading, _ in read])
    reasons = {doubt.question: doubt.reason.value for doubt in doubts}
    for question in returned.questions:
        if set(question.pages) <= pages:
            _question(tally, returned, question, answers.get(question.question), reasons.get(question.question))
    return {name: "?" if name in reasons else value for name, value in answers.items()}


def _question(tally: Tally, returned: Return, truth: QuestionTruth, value: object, reason: str | None) -> None:
    tally.counts["questions"] += 1
    tally.counts["doubted"] += reason is not None
    where = f"seed {returned.writer.seed} ({returned.writer.style}, {returned.writer.pen.kind}) {truth.question}"
    if truth.ambiguous:
        tally.counts["ambiguous"] += 1
        tally.cases[truth.ambiguous.name] += 1
        if reason is None:
            tally.counts["ambiguous_accepted"] += 1
            tally.found.append(f"ambiguous accepted: {where}: {truth.ambiguous.name} as {value}")
    elif reason is not None:
        tally.counts["overdoubted"] += 1
        tally.reasons[reason] += 1
    elif value != truth.value:
        tally.counts["wrong"] += 1
        tally.found.append(f"wrong: {where}: {value} for {truth.value}")
