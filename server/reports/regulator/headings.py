"""A heading → what its column holds. Headings change from year to year: what they cannot do without is looked for.

A measure's code counts before its words, since in the dataset of 2025 the words of TP05 to TP07 stand a column off.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from server.reports.regulator.fields import Field, What

HEADINGS_KEPT: Final = 4096
"""What was found of a heading is remembered: rows of data, which are looked at too, repeat their few words."""

CODE: Final = re.compile(r"\btp[\s_-]?(0?[1-9]|1[0-2])(?![0-9])")
NAME: Final = re.compile(r"tp(\d\d)_(vs|fs|nsd|fd|vd|nadk|satisfied_calc)(?:_|$)")
"""A field of the data dictionary, as TP01_VS_LCRA and TP01_Satisfied_Calc_LCRA."""

NAMED_POINTS: Final = ("vs", "fs", "nsd", "fd", "vd")

NOT_OURS: Final = re.compile(
    r"\bstate that\b|state they\b|responses\)|\bmethod\b|telephone|internet|face ?to ?face|postal|\bsms\b|unweighted"
    r"|\bmargin\b|weighting|predominant|previous|change"
)
"""What a column says that is about a measure and yet neither its own figure nor one of its counts."""

FILTER: Final = re.compile(
    r"carried out a repair|repair completed|made a complaint|have complained|live in a building|\bfilter\b|\bfiter\b"
)
"""What the answers to the questions say that decide who is asked a measure."""

IDENTIFIER: Final = re.compile(r"\w+_\w+")

POINTS: Final[Sequence[tuple[int, re.Pattern[str]]]] = (
    (2, re.compile(r"neither|not satisfied (?:n?or) dissatisfied|not agree (?:n?or) disagree")),
    (4, re.compile(r"very dissatisfied|strongly disagree")),
    (3, re.compile(r"fairly dissatisfied|\bdisagree")),
    (0, re.compile(r"very satisfied|strongly agree")),
    (1, re.compile(r"fairly satisfied|\bagree\b")),
)
SIXTH: Final = re.compile(r"not applicable|don'?t know|\bn/?a\b")

MEASURE_WORDS: Final[Sequence[tuple[str, re.Pattern[str]]]] = (
    ("TP02", re.compile(r"repairs service")),
    ("TP03", re.compile(r"time taken")),
    ("TP10", re.compile(r"communal")),
    ("TP04", re.compile(r"well[ -]maintained")),
    ("TP05", re.compile(r"\bsafe")),
    ("TP06", re.compile(r"listens? to")),
    ("TP07", re.compile(r"informed")),
    ("TP08", re.compile(r"fairly and with respect")),
    ("TP09", re.compile(r"complaints? handling|handling of complaints")),
    ("TP11", re.compile(r"contribut\w+ to (?:your|their|the) neighbou?rhood")),
    ("TP12", re.compile(r"anti-?social")),
    ("TP01", re.compile(r"overall|service provided")),
)
"""Words that only one measure has, for headings that name no code."""

LANDLORD: Final = r"(?:landlord|provider|rp|organisation)(?:'s)?"
OTHERS: Final[Sequence[tuple[What, re.Pattern[str]]]] = (
    (What.NAME, re.compile(rf"^(?:{LANDLORD} name|name(?: of {LANDLORD})?|{LANDLORD})$")),
    (What.CODE, re.compile(rf"^(?:{LANDLORD} )?(?:registration |reg )?(?:code|number|id)$|^providerid$")),
    (What.TYPE, re.compile(rf"^(?:{LANDLORD} )?(?:type|sector)$")),
    (What.SIZE_BAND, re.compile(r"\bsize (?:band|group|category)|group size|stock size|homes owned")),
    (What.REGION, re.compile(r"\bregion\b")),
    (What.MARGIN, re.compile(r"margin of error|^margin|statistical accuracy")),
    (What.REQUIRED, re.compile(r"(?:required|minimum).*sample|sample.*required|sample size needed")),
    (What.ACHIEVED, re.compile(r"sample.*achieved|achieved.*sample|total (?:sample|responses|number of responses)")),
    (What.ACHIEVED, re.compile(r"^total_sample_size|^(?:number of )?(?:survey )?responses(?: achieved| received)?$")),
    (
        What.POPULATION,
        re.compile(r"tenant population|population size|^population\b|relevant_ten_pop|number of tenants$"),
    ),
    (
        What.WEIGHTED,
        re.compile(r"weighted responses (?:been )?used|weighting_used|(?:use|were|was).*weight(?!.*average)"),
    ),
)
NO_COLUMN_OF_OURS: Final = re.compile(
    r"weighting char|other weighting|average satisfaction|excluded|by method -|supported"
)


def plain(heading: str) -> str:
    """Give a heading in small letters and one line, with plain quotes and without the numbers of its notes."""
    words = unicodedata.normalize("NFKC", heading).casefold().replace("’", "'").replace("‘", "'").replace("\u200b", "")
    words = " ".join(words.split())
    words = re.sub(r"\s*\[(?:note )?[0-9, ]+\]", "", words)
    words = re.sub(r"(?:(?<=[a-z]{3})|(?<=[)?]))[0-9](?:,[0-9])*(?=$|\s%$)", "", words)
    return re.sub(r"\s*(?:\(?%\)?)$", " %", words).strip()


@lru_cache(maxsize=HEADINGS_KEPT)
def by_code(heading: str) -> Field | None:
    """Give what a column holds by the code of a measure in its heading, or by what it says of the landlord."""
    words = plain(heading)
    if IDENTIFIER.fullmatch(words) and CODE.search(words):
        named = NAME.match(words)
        return _named(named) if named else None
    codes = {f"TP{int(code):02d}" for code in CODE.findall(words)}
    if codes:
        return _of_measure(words, codes.pop()) if len(codes) == 1 else None
    bare = words.removesuffix(" %")
    if NO_COLUMN_OF_OURS.search(bare) and not re.search(r"group size|homes owned", bare):
        return None
    return next((Field(what) for what, pattern in OTHERS if pattern.search(bare)), None)


@lru_cache(maxsize=HEADINGS_KEPT)
def by_words(heading: str) -> Field | None:
    """Give what a column of a measure holds by the words of its question, for headings without a code."""
    words = plain(heading)
    if CODE.search(words) or not re.search(r"satisf|agree|not applicable|don't know", words):
        return None
    measure = next((code for code, pattern in MEASURE_WORDS if pattern.search(words)), None)
    return _of_measure(words, measure, is_share_said=True) if measure else None


def _named(found: re.Match[str]) -> Field:
    measure, part = f"TP{found[1]}", found[2]
    if part in NAMED_POINTS:
        return Field(What.POINT, measure, NAMED_POINTS.index(part))
    return Field(What.SIXTH if part == "nadk" else What.SHARE, measure)


def _of_measure(words: str, measure: str, *, is_share_said: bool = False) -> Field | None:
    """Give which part of a measure a heading names; a filter's answers, and figures by method, are none of ours."""
    if NOT_OURS.search(words) or FILTER.search(words):
        return None
    says_share = re.search(r"proportion|per ?cent|%", words) is not None
    for point, pattern in POINTS:
        if pattern.search(words):
            return None if says_share else Field(What.POINT, measure, point)
    if SIXTH.search(words):
        return None if says_share else Field(What.SIXTH, measure)
    if says_share:
        return Field(What.SHARE, measure)
    says_count = re.search(r"\bnumber\b|\bcount\b|\btotal\b|\bbase\b|\byes\b|\bno\b", words) is not None
    return None if says_count or is_share_said else Field(What.SHARE, measure)


def names_measure(heading: str) -> bool:
    """Tell whether a heading names a measure by its code."""
    return CODE.search(plain(heading)) is not None
