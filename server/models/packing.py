"""Responses packed by column, so that a million of them are counted within a second.

What is packed can be made anew from the responses at any time, and holds nothing but what they hold: options that were
chosen, days, channels, numbers of households. A trigger on the responses and one on their answers take a segment away
the moment anything in it changes (`server.migrations`, 0005), whoever changes it.
"""

from typing import Final

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base

SEGMENT_RESPONSES: Final = 4096
"""Responses whose numbers give the same when divided by it are one segment. The triggers of 0005 divide by it too."""


class PackedSegment(Base):
    """Some responses whose numbers follow one another, packed as they are now; none of it is there once one changed."""

    __tablename__ = "packed_segments"

    segment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    responses: Mapped[int]


class PackedColumn(Base):
    """One column of them: a fact, named with an @, or the options that were chosen of one question."""

    __tablename__ = "packed_columns"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    segment: Mapped[int] = mapped_column(
        ForeignKey("packed_segments.segment", ondelete="CASCADE"), primary_key=True, index=True
    )
    content: Mapped[bytes]
    """As `server.figures.packing` reads it."""
