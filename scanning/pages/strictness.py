"""Pillow as strict as it comes: WeasyPrint, which prints our forms, tells it to make up what a file lacks."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import ImageFile


@contextmanager
def strictly() -> Iterator[None]:
    """Make Pillow refuse a picture of which a part is missing; its warnings about odd tags lead to nothing."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
