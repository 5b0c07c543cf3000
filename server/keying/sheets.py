"""What is to be keyed in, as its screen needs it: the paper's pages, its campaign, and pictures to look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definition import Form
from forms.errors import FormsError
from server.catalogue.versions import form_of
from server.errors import NotFoundError, RefusedError
from server.keying.inputs import Given, as_read
from server.keying.paper import PaperPage, paper_of
from server.keying.placing import pages_of_questions
from server.models.campaigns import Campaign, CampaignState
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Page, PageState, Reading, Return, ReturnState
from server.queries.aside import copy_of, page_of
from server.queries.printings import campaigns_of_printing, words
from server.returns.completing import answers_of
from server.returns.drafts import offered
from server.returns.problems import Problem
from server.store import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """A paper that can be keyed in: a campaign, and one of its printings, if any is known here."""

    campaign: Campaign
    printed_form_id: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that is keyed in."""

    form: Form
    pages: tuple[PaperPage, ...]
    title: str
    campaign_id: int | None
    """None while nobody has said it; one of `campaigns` then."""
    campaigns: Sequence[tuple[int, str]]
    printed_form_id: int | None
    page: Page | None
    """The page that was set aside, from whose picture it is keyed in."""
    pictures: Sequence[Page]
    """The pages of which there are pictures."""
    lacks_pictures: bool = False
    """Whether other pages of it have none yet."""
    is_copy: bool = False
    """Whether it is a returned copy already."""
    uid: str | None = None
    copy_code: str | None = None
    received_on: date | None = None
    """The day that its batch came; None where it is to be asked."""
    drafts: Mapping[str, str] = field(default_factory=dict)
    """What the machine made of the writing, question by question: nobody has checked it."""


def sheets_to_choose(session: Session) -> Sequence[Choice]:
    """Give every campaign that was opened with each of its printings, the open ones first."""
    asked = (
        select(Campaign, PrintedForm, FormVersion)
        .join(FormVersion, FormVersion.id == Campaign.form_version_id)
        .outerjoin(PrintedForm, PrintedForm.form_version_id == FormVersion.id)
        .where(Campaign.state != CampaignState.DRAFT)
        .order_by(Campaign.state.desc(), Campaign.closes_on, Campaign.id, PrintedForm.id)
    )
    return [
        Choice(campaign, printed.id if printed else None, words(printed, version) if printed else version.title)
        for campaign, printed, version in session.execute(asked)
    ]


def sheet_to_key(
    store: Store, session: Session, campaign_id: int, printed_form_id: int | None, page_id: int | None
) -> Sheet:
    """Give a campaign's paper; `RefusedError` for a printing of another form, or a page that was seen to."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None or campaign.state == CampaignState.DRAFT:
        raise NotFoundError("There is no such open campaign.")
    printed = session.get(PrintedForm, printed_form_id) if printed_form_id is not None else None
    if printed_form_id is not None and (printed is None or printed.form_version_id != campaign.form_version_id):
        raise RefusedError("That campaign has no such paper. Choose it from the list.")
    form = form_of(session.get_one(FormVersion, campaign.form_version_id))
    page = _aside(session, page_id)
    return Sheet(
        form=form,
        pages=_pages(store, form, printed),
        title=campaign.name,
        campaign_id=campaign.id,
        campaigns=(),
        printed_form_id=printed.id if printed else None,
        page=page,
        pictures=_pictured([page] if page else []),
    )


def sheet_of_copy(store: Store, session: Session, uid: str, page_id: int | None) -> tuple[Sheet, Given]:
    """Give a returned copy as a paper to key in, and what was read of it so far."""
    found = copy_of(session, uid)
    one = found.one
    if one.state != ReturnState.READING:
        raise RefusedError("Somebody has seen to this copy meanwhile. Go back to the list.")
    printed = session.get_one(PrintedForm, one.printed_form_id)
    form = form_of(session.get_one(FormVersion, printed.form_version_id))
    page = _aside(session, page_id)
    is_known = one.campaign_id is not None and one.problem != Problem.FOREIGN_PAGE
    code = found.code if one.problem != Problem.FOREIGN_PAGE else None
    sheet = Sheet(
        form=form,
        pages=_pages(store, form, printed, only_apart=one.is_equality),
        title=f"Copy {found.code}" if found.code else "Equality page" if one.is_equality else "Paper without a code",
        campaign_id=one.campaign_id if is_known else None,
        campaigns=[(each.id, each.name) for each in campaigns_of_printing(session, printed.id)],
        printed_form_id=printed.id,
        page=page,
        pictures=_pictured([*one.pages, *([page] if page else [])]),
        lacks_pictures=any(each.preview_sha256 is None for each in one.pages),
        is_copy=True,
        uid=one.uid,
        copy_code=code,
        received_on=found.batch.received_on,
        drafts=dict(_drafts(session, one, form)),
    )
    return sheet, as_read(answers_of(session, one, form))


def _drafts(session: Session, one: Return, form: Form) -> Iterator[tuple[str, str]]:
    asked = select(Reading).where(Reading.page_id.in_([page.id for page in one.pages])).order_by(Reading.id)
    for row in session.scalars(asked):
        question = form.question(row.question)
        draft = offered(question, row.drafts or ()) if question is not None else None
        if draft:
            yield row.question, draft if isinstance(draft, str) else " · ".join(draft.values())


def _pages(store: Store, form: Form, printed: PrintedForm | None, *, only_apart: bool = False) -> tuple[PaperPage, ...]:
    places = _places(store, printed) if printed else {}
    language = printed.language if printed else form.language
    return paper_of(form, language, store.settings.who().details(), places, only_apart=only_apart)


def _places(store: Store, printed: PrintedForm) -> Mapping[str, int]:
    """Give the page of each question; none where the PDF was lost: a paper can be keyed in without it."""
    try:
        return pages_of_questions(store.files.path(printed.pdf_sha256))
    except (FormsError, OSError):
        return {}


def _aside(session: Session, page_id: int | None) -> Page | None:
    """Give the page that was set aside; `RefusedError` where somebody has seen to it."""
    if page_id is None:
        return None
    page = page_of(session, page_id)
    if page.state != PageState.SET_ASIDE:
        raise RefusedError("Somebody has seen to this page meanwhile. Go back to the list.")
    return page


def _pictured(pages: Sequence[Page]) -> Sequence[Page]:
    return [page for page in pages if page.preview_sha256 is not None]
