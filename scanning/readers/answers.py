"""What a child says of its piece of work, or that it died over it → results, and work for another."""

from typing import Final

from scanning.readers.frames import RubbishError
from scanning.readers.messages import Done, Opened, PageRead, Refused, Told, Typed
from scanning.readers.pieces import NOT_THERE, Piece
from scanning.readers.queue import Queue

FILE_FAILED: Final = "The file could not be read: {}; ask for it once more, or scan it again."
PAGE_FAILED: Final = "The page could not be read: {}; scan it again."


def take(message: Told, blobs: tuple[bytes, ...], piece: Piece, queue: Queue, pages_max: int) -> bool:
    """Take in what a child says of a piece, and tell whether the piece is done; raises RubbishError."""
    match message:
        case Done() if piece.is_settled or not piece.opens:
            _set_aside_rest(piece, NOT_THERE)
            return True
        case _ if piece.is_settled:
            raise RubbishError("an answer after the last")
        case Opened(pages) if piece.opens and pages <= pages_max:
            queue.spread(piece.file, pages)
            piece.count = max(0, min(piece.count, pages - piece.first))
        case Typed(outcomes) if piece.opens and outcomes:
            piece.file.keep_typed(outcomes)
            _settle(piece)
        case Refused(detail):
            _refuse(piece, detail)
        case PageRead(index) if index == piece.page and piece.done < piece.count and not piece.opens:
            piece.file.keep(message, blobs)
            piece.done += 1
        case _:
            raise RubbishError("an answer is out of turn")
    return False


def _refuse(piece: Piece, detail: str) -> None:
    """Take down that a file cannot be read, or not from here on."""
    if piece.opens:
        piece.file.refused = detail
    else:
        _set_aside_rest(piece, detail)
    _settle(piece)


def _set_aside_rest(piece: Piece, why: str) -> None:
    for index in range(piece.page, piece.first + piece.count):
        piece.file.set_aside(index, why)
    _settle(piece)


def _settle(piece: Piece) -> None:
    piece.is_settled, piece.count = True, piece.done


def blame(piece: Piece, why: str, queue: Queue, *, try_again: bool) -> None:
    """Take down that a child failed on the page in hand, and give what is left of the piece to another.

    `try_again` gives that page a second chance, by itself.
    """
    page, again = piece.page, try_again and not piece.is_second_try
    if piece.is_settled:
        return
    if piece.opens and again:
        queue.put(piece.rest(piece.first, second=True))
    elif piece.opens:
        piece.file.refused = FILE_FAILED.format(why)
    elif piece.done < piece.count:
        if again:
            queue.put(piece.rest(page, 1, second=True))
        else:
            piece.file.set_aside(page, PAGE_FAILED.format(why))
        queue.put(piece.rest(page + 1))
    _settle(piece)
