"""The pages of other people's forms, with what they are known by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.foreign.matching import Floats, Print, Seen
from scanning.foreign.templates import ForeignPage
from scanning.template import Points, Template

LONG_PX: Final = 1150
"""The longer side at which points are looked for: 100 dpi on A4, at which letters are corners and noise is not."""

BLUR: Final = (5, 5)
"""What is looked at is blurred: the dots of a fax's shades are corners too."""

POINTS_MAX: Final = 1000
VOTING: Final = 350
"""Points of a page, and those of them, the strongest, by which pages are told apart first."""

Descriptors = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Keypoints:
    """Points of an image that are found again, the strongest first."""

    places: Points
    """In px of the image, (n, 2)."""
    turns: Floats
    """How each is turned, in degrees, (n,)."""
    descriptors: Descriptors


def keypoints_of(seen: Seen) -> Keypoints:
    """Give the points of an image by ORB (Rublee et al., 2011), at any turn and about the same size."""
    small, scale = seen.of_length(LONG_PX)
    orb = cv2.ORB.create(nfeatures=POINTS_MAX, scaleFactor=1.25, nlevels=5, edgeThreshold=16, fastThreshold=8)
    points, descriptors = orb.detectAndCompute(cv2.GaussianBlur(small, BLUR, 0), None)
    if descriptors is None or not len(points):
        return Keypoints(np.zeros((0, 2)), np.zeros(0), np.zeros((0, 32), np.uint8))
    order = np.argsort([-point.response for point in points])
    places = (np.array([point.pt for point in points], dtype=np.float64) + 0.5) / scale - 0.5
    turns = np.array([point.angle for point in points], dtype=np.float64)
    return Keypoints(places[order], turns[order], np.asarray(descriptors, dtype=np.uint8)[order])


@dataclass(frozen=True, eq=False)
class Known:
    """A page of somebody else's form as it can be told from others."""

    template: Template
    page: ForeignPage

    @cached_property
    def printed(self) -> Print:
        """Give its print."""
        return Print(self.page)

    @cached_property
    def keypoints(self) -> Keypoints:
        """Give its points, in px of its reference."""
        return keypoints_of(Seen(self.page.reference))


@dataclass(frozen=True)
class ForeignLibrary:
    """The templates of other people's forms, by the names of their printings; every page of them may come."""

    templates: Mapping[str, Template]

    @cached_property
    def pages(self) -> tuple[Known, ...]:
        """Give every page, those too with nothing to fill in: they are told from the others by what is printed."""
        return tuple(
            Known(template, page)
            for template in self.templates.values()
            for page in template.pages
            if isinstance(page, ForeignPage)
        )
