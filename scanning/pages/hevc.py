"""Whether the pictures of a HEIC are whole.

HEVC has no checksum. Its decoder, libde265, goes on after a fault with whatever comes out, and tells of it; but
libheif, which calls it, keeps that to itself, strict or not (1.23). So libde265 is asked once more, directly.
"""

import ctypes
import importlib
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_int64, c_size_t, c_uint8, c_uint32, c_void_p
from typing import Any, Final

from scanning.pages.errors import CUT_SHORT, UnreadableFile
from scanning.pages.heif_boxes import configurations

HVC1: Final = int.from_bytes(b"hvc1")
CHECK_HASH: Final = 0
"""libde265's parameter that makes it compare pictures with their hash, where an encoder gave one."""

WAITING_FOR_INPUT: Final = 13
"""What libde265 answers when it has decoded all that it got."""

ABOUT_THREADS: Final = frozenset({1000, 1022})
"""Its warnings that are about itself; all others say that the picture is not in order."""

ITEMS_MAX: Final = 2000
"""A phone's photo of 48 million px has 200 tiles."""


class _Fault(ctypes.Structure):
    """`heif_error`; told by value."""

    _fields_ = (("code", c_int), ("subcode", c_int), ("message", c_char_p))


def check_hevc_whole(content: bytes) -> None:
    """Refuse a HEIC of which a picture is damaged; raises UnreadableFile."""
    configured = configurations(content)
    for item, data in _pictures(content):
        if not _is_whole([*configured.get(item, ()), *_units(data)]):
            raise UnreadableFile(CUT_SHORT)


def _library() -> Any:
    """Give libheif and libde265 by the names of their functions, as pillow-heif has them loaded, wherever they are."""
    library = ctypes.CDLL(importlib.import_module("_pillow_heif").__file__)
    library.heif_context_alloc.restype = c_void_p
    library.heif_context_free.argtypes = [c_void_p]
    library.heif_context_read_from_memory_without_copy.argtypes = [c_void_p, c_char_p, c_size_t, c_void_p]
    library.heif_context_read_from_memory_without_copy.restype = _Fault
    library.heif_context_get_number_of_items.argtypes = [c_void_p]
    library.heif_context_get_list_of_item_IDs.argtypes = [c_void_p, POINTER(c_uint32), c_int]
    library.heif_item_get_item_type.argtypes = [c_void_p, c_uint32]
    library.heif_item_get_item_type.restype = c_uint32
    library.heif_item_get_item_data.argtypes = [c_void_p, c_uint32, c_void_p, c_void_p, c_void_p]
    library.heif_item_get_item_data.restype = _Fault
    library.heif_release_item_data.argtypes = [c_void_p, c_void_p]
    library.de265_new_decoder.restype = c_void_p
    library.de265_get_next_picture.restype = c_void_p
    library.de265_set_parameter_bool.argtypes = [c_void_p, c_int, c_int]
    library.de265_push_NAL.argtypes = [c_void_p, c_char_p, c_int, c_int64, c_void_p]
    library.de265_decode.argtypes = [c_void_p, POINTER(c_int)]
    for name in ("flush_data", "get_next_picture", "get_warning", "free_decoder"):
        getattr(library, f"de265_{name}").argtypes = [c_void_p]
    return library


_LIBRARY: Final = _library()


def _pictures(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the number and the packed bytes of every picture that is packed by itself: the one, or each tile of it."""
    context = _LIBRARY.heif_context_alloc()
    try:
        if _LIBRARY.heif_context_read_from_memory_without_copy(context, content, len(content), None).code:
            raise UnreadableFile(CUT_SHORT)
        count = min(_LIBRARY.heif_context_get_number_of_items(context), ITEMS_MAX)
        items = (c_uint32 * count)()
        _LIBRARY.heif_context_get_list_of_item_IDs(context, items, count)
        for item in items:
            if _LIBRARY.heif_item_get_item_type(context, item) == HVC1:
                yield item, _data(context, item)
    finally:
        _LIBRARY.heif_context_free(context)


def _data(context: int, item: int) -> bytes:
    data, size = POINTER(c_uint8)(), c_size_t()
    if _LIBRARY.heif_item_get_item_data(context, item, None, byref(data), byref(size)).code:
        raise UnreadableFile(CUT_SHORT)
    try:
        return ctypes.string_at(data, size.value)
    finally:
        _LIBRARY.heif_release_item_data(context, byref(data))


def _units(data: bytes) -> Iterator[bytes]:
    """Give the units that a picture is packed in, each behind its length; raises UnreadableFile where they break."""
    at = 0
    while at < len(data):
        if at + 4 > len(data):
            raise UnreadableFile(CUT_SHORT)
        (length,) = struct.unpack_from(">I", data, at)
        if at + 4 + length > len(data):
            raise UnreadableFile(CUT_SHORT)
        yield data[at + 4 : at + 4 + length]
        at += 4 + length


@contextmanager
def _decoder() -> Iterator[int]:
    decoder = _LIBRARY.de265_new_decoder()
    try:
        _LIBRARY.de265_set_parameter_bool(decoder, CHECK_HASH, 1)
        yield decoder
    finally:
        _LIBRARY.de265_free_decoder(decoder)


def _is_whole(units: list[bytes]) -> bool:
    """Decode one picture, and tell whether it came without an error or a warning."""
    with _decoder() as decoder:
        for unit in units:
            _LIBRARY.de265_push_NAL(decoder, unit, len(unit), 0, None)
        _LIBRARY.de265_flush_data(decoder)
        pictures, more = 0, c_int(1)
        while more.value:
            more.value = 0
            if _LIBRARY.de265_decode(decoder, byref(more)) not in (0, WAITING_FOR_INPUT):
                return False
            while _LIBRARY.de265_get_next_picture(decoder):
                pictures += 1
            while warning := _LIBRARY.de265_get_warning(decoder):
                if warning not in ABOUT_THREADS:
                    return False
        return pictures == 1
