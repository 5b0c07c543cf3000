"""Frames: whatever is sent comes out the same however it is cut up, and nothing too large is waited for."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.readers.frames import BLOBS_BYTES_MAX, BLOBS_MAX, JSON_MAX, Frame, Inbox, RubbishError

FRAMES = st.builds(Frame, st.binary(max_size=50), st.lists(st.binary(max_size=50), max_size=4).map(tuple))


def taken(inbox: Inbox) -> list[Frame]:
    found = []
    while (frame := inbox.next()) is not None:
        found.append(frame)
    return found


@given(st.lists(FRAMES, max_size=5), st.integers(1, 40))
def test_frames_come_out_as_they_were_sent_however_they_are_cut_up(frames: list[Frame], step: int) -> None:
    sent, inbox, found = b"".join(frame.packed() for frame in frames), Inbox(), []
    for start in range(0, len(sent), step):
        inbox.add(sent[start : start + step])
        found += taken(inbox)
    assert found == frames


@given(st.binary(max_size=200))
def test_rubbish_is_refused_or_waited_for_but_never_raises_anything_else(data: bytes) -> None:
    inbox = Inbox()
    inbox.add(data)
    with contextlib.suppress(RubbishError):
        assert all(len(frame.content) <= len(data) for frame in taken(inbox))


@pytest.mark.parametrize(
    "head",
    [
        struct.pack("!II", JSON_MAX + 1, 0),
        struct.pack("!II", 1, BLOBS_MAX + 1),
        struct.pack("!IIII", 1, 2, BLOBS_BYTES_MAX, 1),
    ],
)
def test_a_message_too_long_is_refused_by_its_head(head: bytes) -> None:
    inbox = Inbox()
    inbox.add(head)
    with pytest.raises(RubbishError):
        inbox.next()
