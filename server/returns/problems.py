"""What an officer must see to with a returned copy, besides answers that are doubted."""

from enum import StrEnum
from typing import Final


class Problem(StrEnum):
    """Why a copy cannot count yet; each has its sentence in `SENTENCES`."""

    FOREIGN_PAGE = "foreign_page"
    UNKNOWN_COPY = "unknown_copy"
    NO_CAMPAIGN = "no_campaign"
    MISSING_PAGES = "missing_pages"
    NO_DATE = "no_date"
    INVALID = "invalid"


SENTENCES: Final = {
    Problem.FOREIGN_PAGE: "A page of another printing bears the code of this copy. Look whose it is.",
    Problem.UNKNOWN_COPY: "Its code was not issued here. Look at the paper, and say which campaign it answers.",
    Problem.NO_CAMPAIGN: "It bears no code, and more than one campaign, or none, uses its form. Say which it answers.",
    Problem.MISSING_PAGES: "Pages with answers did not come. Look for them, or say that no more will come.",
    Problem.NO_DATE: "Nobody has said yet on which day its batch came.",
    Problem.INVALID: "Its answers cannot stand together as they are. Key it in by hand.",
}
