"""Received files of several pages, each with a word of its own in its bytes."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

SIZE = (176, 120)


def picture(word: str) -> Image.Image:
    """Give a grey picture whose bytes spell a word again and again."""
    count = SIZE[0] * SIZE[1]
    return Image.frombytes("L", SIZE, (f"<{word}>".encode() * count)[:count])


def jpeg(word: str) -> bytes:
    """Give a JPEG with a word in its comment."""
    out = BytesIO()
    picture(word).save(out, "JPEG", comment=word.encode())
    return out.getvalue()


def tiff(words: Sequence[str], compression: str | None = None) -> bytes:
    """Give a TIFF of a page for each word."""
    out = BytesIO()
    first, *others = map(picture, words)
    first.save(out, "TIFF", save_all=True, append_images=others, compression=compression, dpi=(100, 100))
    return out.getvalue()


def pdf(words: Sequence[str], *, are_shared: bool = False, has_fields: bool = False) -> bytes:
    """Give a PDF of a page for each word; `are_shared` lists all pictures with every page, as some makers do."""
    made = pikepdf.new()
    made.docinfo["/Title"] = " ".join(words)
    images = {f"/Im{number}": _image(made, word) for number, word in enumerate(words)}
    shared = made.make_indirect(Dictionary(XObject=Dictionary(images)))
    for number, word in enumerate(words):
        made.add_blank_page(page_size=(200 + number, 300))
        page = made.pages[-1].obj
        name = f"/Im{number}"
        page.Resources = shared if are_shared else Dictionary(XObject=Dictionary({name: images[name]}))
        page.Contents = made.make_stream(f"% {word}\nq 200 0 0 300 0 0 cm {name} Do Q".encode())
    if has_fields:
        _add_fields(made, words)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _image(made: pikepdf.Pdf, word: str) -> pikepdf.Object:
    image = made.make_stream(jpeg(word))
    image.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=SIZE[0],
            Height=SIZE[1],
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
    )
    return image


def _add_fields(made: pikepdf.Pdf, words: Sequence[str]) -> None:
    fields: list[pikepdf.Object] = []
    for page, word in zip(made.pages, words, strict=True):
        field = made.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=f"name {len(fields)}", V=f"typed {word}",
                Rect=Array([0, 0, 50, 20]), P=page.obj, AP=Dictionary(N=made.make_stream(f"({word}) Tj".encode())),
            )
        )  # fmt: skip
        page.obj.Annots = Array([field])
        fields.append(field)
    made.Root.AcroForm = Dictionary(Fields=Array(fields))


def frames(content: bytes) -> list[bytes]:
    """Give the pixels of each page of a TIFF."""
    found = []
    with Image.open(BytesIO(content)) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            found.append(image.convert("L").tobytes())
    return found


def streams(content: bytes) -> list[tuple[tuple[float, ...], list[bytes]]]:
    """Give the size of each page of a PDF, and its pictures as they are packed in it."""
    with pikepdf.open(BytesIO(content)) as opened:
        return [
            (
                tuple(map(float, page.mediabox)),
                [page.resources.XObject[name].read_raw_bytes() for name in sorted(_drawn(page))],
            )
            for page in opened.pages
        ]


def _drawn(page: pikepdf.Page) -> set[str]:
    return {str(step.operands[0]) for step in pikepdf.parse_content_stream(page, "Do")}
