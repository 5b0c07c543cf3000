"""WeasyPrint's PDF → clean fields: one group a question, spoken names, on-states with meaning, combs, own looks.

What WeasyPrint 70 leaves to mend: each option of a radio group listed as a field of its own beside the group, a
group spoken by its first option's name, on-states that are numbers, no look for "off", no comb flag, and a page
stream that leaves its coordinates turned over.
"""

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from forms.paper.fields import FieldSpec, Widget

FLAG_MULTILINE = 1 << 12
FLAG_RADIO = 1 << 15
FLAG_COMB = 1 << 24
"""Field flags of ISO 32000-1, tables 226 to 228."""

ANNOTATION_PRINT = 4

CROSS_INSET = 0.16
CROSS_LINE = 0.11
"""The cross that a chosen box shows, as parts of the box's side."""

TYPED_PT = 14
"""The type of what is typed in; one of 0 would let every viewer choose its own."""

TYPED_PAD_PT = 2
"""The width of a border without colour: viewers keep as much or twice as much white between it and what is typed."""

WHITE = 1
ALIGN_MIDDLE, ALIGN_RIGHT = 1, 2
"""ISO 32000-1, table 222."""

INK = "0.078 0.149 0.169"


def mend_fields(pdf: Pdf, specs: Sequence[FieldSpec], font: Object, *, right_to_left: bool = False) -> None:
    """Rebuild the fields of a form's PDF as they are specified; `ValueError` when a box is missing or too many.

    `font` is the simple font that viewers write typed words with, from the right if the form is `right_to_left`.
    """
    widgets: dict[str, list[Object]] = {}
    for page in pdf.pages:
        for annotation in page.get("/Annots", Array()):
            if annotation.get("/Subtype") == Name.Widget:
                widgets.setdefault(str(annotation["/T"]), []).append(annotation)
    if set(widgets) != {spec.name for spec in specs}:
        raise ValueError(f"fields and boxes differ: {sorted(set(widgets) ^ {spec.name for spec in specs})}")
    fields = Array([_mended(pdf, spec, widgets[spec.name]) for spec in specs])
    if right_to_left:
        _align_right(fields)
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(
            Fields=fields,
            NeedAppearances=False,
            DR=Dictionary(Font=Dictionary(Typed=font)),
            DA=String(f"/Typed {TYPED_PT} Tf {INK} rg"),
        )
    )


def _align_right(fields: Array) -> None:
    """Let words be typed from the right; combs are filled from the left in every language."""
    for field in fields:
        if Name.Tx == field.FT and "/Q" not in field:
            field.Q = ALIGN_RIGHT


def _mended(pdf: Pdf, spec: FieldSpec, widgets: list[Object]) -> Object:
    if spec.widget is Widget.RADIO:
        return _radio(pdf, spec, widgets)
    (widget,) = widgets
    _plain(widget)
    widget.T, widget.TU = String(spec.name), String(spec.tooltip)
    if spec.widget is Widget.CHECK:
        widget.FT, widget.V = Name.Btn, Name.Off
        _give_looks(pdf, widget, spec.states[0])
    else:
        _text(pdf, widget, spec)
    return widget


def _plain(widget: Object) -> None:
    """Take out what WeasyPrint wrote, but for the place on the page and in the tags."""
    x1, y1, x2, y2 = (float(value) for value in widget.Rect)
    widget.Rect = Array([min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)])
    for key in (
        "/FT",
        "/Ff",
        "/V",
        "/DA",
        "/Opt",
        "/MaxLen",
        "/AP",
        "/AS",
        "/MK",
        "/T",
        "/TU",
        "/Parent",
        "/DV",
        "/BS",
    ):
        if key in widget:
            del widget[key]
    widget.F = ANNOTATION_PRINT
    widget.Border = Array([0, 0, 0])


def _radio(pdf: Pdf, spec: FieldSpec, widgets: list[Object]) -> Object:
    if len(widgets) != len(spec.states):
        raise ValueError(f"'{spec.name}' has {len(widgets)} boxes and {len(spec.states)} answers")
    group = pdf.make_indirect(
        Dictionary(
            FT=Name.Btn,
            Ff=FLAG_RADIO,
            T=String(spec.name),
            TU=String(spec.tooltip),
            V=Name.Off,
        )
    )
    for widget, state, label in zip(widgets, spec.states, spec.labels, strict=True):
        _plain(widget)
        widget.TU, widget.Parent = String(label), group
        _give_looks(pdf, widget, state)
    group.Kids = Array(widgets)
    return group


def _give_looks(pdf: Pdf, widget: Object, state: str) -> None:
    """Give a box its two looks: nothing, and a cross drawn with lines (no font is needed to show it)."""
    x1, y1, x2, y2 = (float(value) for value in widget.Rect)
    width, height = x2 - x1, y2 - y1
    left, right, low, high = (
        width * CROSS_INSET,
        width * (1 - CROSS_INSET),
        height * CROSS_INSET,
        height * (1 - CROSS_INSET),
    )
    cross = (
        f"q {INK} RG {width * CROSS_LINE:.3f} w 1 J {left:.3f} {low:.3f} m {right:.3f} {high:.3f} l "
        f"{left:.3f} {high:.3f} m {right:.3f} {low:.3f} l S Q"
    )
    looks = Dictionary()
    for name, drawn in ((f"/{state}", cross), ("/Off", "")):
        looks[name] = _look(pdf, drawn, width, height)
    widget.AP = Dictionary(N=looks)
    widget.AS = Name.Off
    widget.MK = Dictionary(CA=String("8"))


def _look(pdf: Pdf, drawn: str, width: float, height: float) -> Stream:
    return Stream(
        pdf,
        drawn.encode(),
        Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, round(width, 3), round(height, 3)])),
    )


def _text(pdf: Pdf, widget: Object, spec: FieldSpec) -> None:
    x1, y1, x2, y2 = (float(value) for value in widget.Rect)
    widget.FT, widget.V = Name.Tx, String("")
    widget.DA = String(f"/Typed {TYPED_PT} Tf {INK} rg")
    flags = (FLAG_COMB if spec.comb else 0) | (FLAG_MULTILINE if spec.multiline else 0)
    if flags:
        widget.Ff = flags
    if spec.comb:
        widget.Q = ALIGN_MIDDLE
    else:
        del widget.Border  # pdfium would heed it rather than BS
        widget.BS = Dictionary(W=TYPED_PAD_PT, S=Name.S)
    if spec.multiline:
        # Typed lines lie closer than the printed ones: their white ground covers these as soon as something is typed.
        widget.MK = Dictionary(BG=Array([WHITE]))
    if spec.max_length is not None:
        widget.MaxLen = spec.max_length
    widget.AP = Dictionary(N=_look(pdf, "/Tx BMC EMC", x2 - x1, y2 - y1))


def wrap_pages(pdf: Pdf) -> None:
    """Put each page's own drawing between q and Q, so that what is stamped on it has the page's coordinates."""
    for page in pdf.pages:
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"\nQ\n")


def widgets_of(pdf: Pdf) -> Iterator[tuple[int, Object]]:
    """Give each box with the index of its page."""
    for number, page in enumerate(pdf.pages):
        for annotation in page.get("/Annots", Array()):
            if annotation.get("/Subtype") == Name.Widget:
                yield number, annotation
