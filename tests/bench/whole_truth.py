"""The truth of a whole campaign beside what the product kept of it, and beside the figures that it shows."""

import re
from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from server.models.copies import Copy
from server.models.responses import Response, ResponseState
from tests.bench.whole_played import Whole
from tests.demo.browser import Browser
from tests.demo.comparing import Kept, kept, meant
from tests.demo.measures import measures

LINE: Final = re.compile(
    r'<th scope="row"><a[^>]*>(TP\d\d)</a>.*?<strong>([^<]*)</strong></td>'
    r'\s*<td class="figure nowrap">[^<]*</td>\s*<td class="figure">([\d,]+)</td>',
    re.DOTALL,
)
"""A measure on the page of figures: its code, its share, its valid answers."""

ByCopy = Mapping[str, Kept]


def truth_of(whole: Whole) -> ByCopy:
    """Give the answers that must be kept, by the code of the copy: what pens meant, and what was touched."""
    said = dict[str, dict[str, object]]()
    for pages in whole.played.post.files.values():
        for page in pages:
            said.setdefault(page.copy, {}).update({name: one.value for name, one in page.truths.items()})
    said |= {code: dict(one.said) for code, one in whole.at_kiosk.items()}
    return {code: meant(whole.form, one) for code, one in said.items()}


def kept_of(whole: Whole) -> ByCopy:
    """Give the answers that are kept and count, by the code of the copy."""
    with whole.played.post.store.reading() as session:
        rows = session.execute(
            select(Copy.code, Response)
            .join(Response, Response.copy_id == Copy.id)
            .where(Response.state == ResponseState.COMPLETE)
        )
        return {str(code): kept(session, response, whole.form) for code, response in rows}


def wrong_in(found: ByCopy, true: ByCopy) -> int:
    """Count the answers that are kept otherwise than meant, missing, or nobody's."""
    wrong = 0
    for code in found.keys() | true.keys():
        one, wanted = found.get(code, {}), true.get(code, {})
        wrong += sum(one.get(question) != wanted.get(question) for question in one.keys() | wanted.keys())
    return wrong


def shown(browser: Browser) -> Mapping[str, tuple[str, int]]:
    """Read the measures off the page of figures: share and valid answers."""
    page = browser.get("/figures/measures").text
    return {code: (share.strip(), int(valid.replace(",", ""))) for code, share, valid in LINE.findall(page)}


def figures_equal(whole: Whole, true: ByCopy) -> tuple[int, int]:
    """Give how many measures are shown as they are worked out from the truth, and how many there are."""
    wanted, found = measures(whole.form, list(true.values())), shown(whole.browser)
    return sum(found.get(code) == one for code, one in wanted.items()), len(wanted)
