"""The wears: each takes a filled-in page the whole way to an image, and knows where every point of it went.

Ordinary is what an office scanner gives of a sheet that came by post; hard is everything else.
"""

from dataclasses import dataclass, replace

import numpy as np

from tests.paper.scans import Mapping, Scaled, Scan
from tests.paper.sheets import FilledPage
from tests.paper.wears import Step, bending, camera, paper, placing, sensing

LIDS = (253, 216, 22)
LID_SHARES = (0.65, 0.15, 0.2)
"""White lids, grey ones, and black ones, as feeders have."""

DPI = 300
"""At which sheets are drawn before they are worn."""


@dataclass(frozen=True, slots=True)
class Wear:
    """A way in which sheets come in."""

    name: str
    hard: bool
    steps: tuple[Step, ...]
    colour: bool = False

    def __call__(
        self, page: FilledPage, rng: np.random.Generator, back: FilledPage | None = None, *, decoded: bool = True
    ) -> Scan:
        """Give the scan of a page drawn at 300 dpi; `back` is what is on the other side of its sheet.

        Unless `decoded`, its pixels may be those from before it was stored: for whoever reads `file` alone.
        """
        x, y = page.px_per_mm
        scan = Scan(
            page.image,
            Mapping((Scaled(x, y),)),
            page.px_per_mm,
            page.size_mm,
            int(rng.choice(LIDS, p=LID_SHARES)),
            back.image if back else None,
            back.printed if back else None,
        )
        for step in self.steps:
            scan = step(scan, rng)
        scan = replace(scan, back=None, back_printed=None)
        return scan.decoded() if decoded else scan

    def __str__(self) -> str:
        return self.name


LAID = placing.placed()
SENSED = sensing.sensed()
JPEG = sensing.as_jpeg((70, 88))
OFFICE = (LAID, SENSED, JPEG)
"""A sheet laid nearly straight on a good scanner, stored as a fair JPEG."""

FAXED = (placing.placed(angle=(-1.2, 1.2), scale=(0.985, 1.015)), sensing.sensed((1.1, 1.5), (2, 4)))
BY_FAX = sensing.bitonal((0.73, 0.83))
"""At the lowest a faint pencil is broken up, but a person still sees that it was there."""

PHOTO = (sensing.sensed((0.6, 1.1), (2.0, 4.5)), sensing.as_jpeg((65, 85)))

ORDINARY = (
    Wear("clean-300", False, ()),
    Wear("clean-200", False, (placing.resampled(200),)),
    Wear("clean-150", False, (placing.resampled(150),)),
    Wear("grey", False, OFFICE),
    Wear("grey-200", False, (LAID, placing.resampled(200), SENSED, JPEG)),
    Wear("colour", False, OFFICE, colour=True),
    Wear("bitonal", False, (LAID, SENSED, sensing.bitonal())),
    Wear("rotated-3", False, (placing.placed(angle=(-3, 3)), SENSED, JPEG)),
    Wear("turned-90", False, (LAID, SENSED, placing.turned(1), JPEG)),
    Wear("turned-180", False, (LAID, SENSED, placing.turned(2), JPEG)),
    Wear("turned-270", False, (LAID, SENSED, placing.turned(3), JPEG)),
    Wear("scaled", False, (placing.placed(scale=(0.96, 1.02)), SENSED, JPEG)),
    Wear("sheared", False, (placing.placed(shear=0.008), SENSED, JPEG)),
    Wear("noise-jpeg-60", False, (LAID, sensing.sensed(noise=(4, 8)), sensing.as_jpeg((60, 60)))),
    Wear("noise-jpeg-30", False, (LAID, sensing.sensed(noise=(4, 8)), sensing.as_jpeg((30, 30)))),
    Wear("bleed-through", False, (paper.bleed_through, *OFFICE)),
    Wear("punched", False, (paper.punch_holes, *OFFICE)),
    Wear("stapled", False, (paper.staple, *OFFICE)),
    Wear("letter-fold", False, (bending.letter_fold, *OFFICE)),
    Wear(
        "everyday",
        False,
        (
            paper.bleed_through,
            paper.punch_holes,
            bending.letter_fold,
            placing.placed(angle=(-2, 2), scale=(0.97, 1.01)),
            SENSED,
            sensing.as_jpeg((45, 75)),
        ),
    ),
)
"""What an office scanner gives."""

HARD = (
    Wear("rotated-10", True, (placing.placed(angle=(-10, 10), whole=True), SENSED, JPEG)),
    Wear("corner-torn", True, (paper.torn_corner, *OFFICE)),
    Wear("corners-cropped", True, (LAID, placing.cropped, SENSED, JPEG)),
    Wear(
        "photocopied-twice",
        True,
        (
            placing.placed(angle=(-1, 1), scale=(0.985, 1.01)),
            sensing.photocopied,
            placing.placed(angle=(-1, 1), scale=(0.985, 1.01)),
            sensing.photocopied,
            JPEG,
        ),
    ),
    Wear("fax-200", True, (*FAXED, placing.resampled(200), BY_FAX, sensing.line_faults)),
    Wear("fax-204x98", True, (*FAXED, placing.resampled(204, 98), BY_FAX, sensing.line_faults)),
    Wear("folded", True, (bending.folded, *OFFICE)),
    Wear("feeder-stretch", True, (bending.fed_unevenly, *OFFICE)),
    Wear("phone", True, (camera.photographed(), *PHOTO), colour=True),
    Wear("phone-curl", True, (camera.photographed(curl_mm=(5, 12)), *PHOTO), colour=True),
    Wear("coffee-ring", True, (paper.coffee_ring, *OFFICE), colour=True),
    Wear("gel-bleed", True, (paper.gel_bleed, *OFFICE)),
)
"""What people send when they do not have one, and what accidents leave."""

WEARS = {wear.name: wear for wear in (*ORDINARY, *HARD)}
