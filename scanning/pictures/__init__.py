"""Pictures of pages for people: what is doubted, what was seen where, the page itself. Nothing is read from them."""

from scanning.pictures.crops import crops
from scanning.pictures.encoding import preview
from scanning.pictures.overlay import overlay

__all__ = ["crops", "overlay", "preview"]
