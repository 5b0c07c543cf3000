"""A store with one household of which everything is held, and neighbours who are almost like it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.answers import collect
from forms.codes.copy_code import new_copy_codes
from server.models.campaigns import Campaign, Channel, Invitation, Site
from server.models.collected import CollectedImport
from server.models.copies import Copy, PrintRun, RunKind, RunState
from server.models.form_versions import PrintedForm
from server.models.households import Household, HouseholdContact, HouseholdImport
from server.models.intake import Batch, Crop, Page, PageState, Reading, ReceivedFile, Return, ReturnState
from server.models.kiosks import Kiosk
from server.models.officers import Officer, Role
from server.models.responses import Response
from server.models.review import Correction, Doubt, DoubtState, LookKind, SecondLook
from server.models.sittings import Sitting
from server.responses.incoming import Incoming, Origin
from server.responses.saving import save_in
from server.store import Store
from tests.forms import every_kind
from tests.server.filling import a_campaign
from tests.server.people.received import jpeg, pdf, tiff

DAY: Final = date(2026, 11, 20)
MOMENT: Final = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

ZELDA: Final = {
    "name": "Zelda Quillfeather",
    "phone": "07700 9001234",
    "email": "zelda@quillfeather.example",
    "postcode": "LE13 1XY",
    "address": "7 Marmalade Row",
}
NEIGHBOUR: Final = {
    "name": "Bruno Oakhanger",
    "phone": "07700 900123",
    "email": "bruno@oakham.example",
    "postcode": "E13 1XY",
    "address": "9 Other Row",
}
WALK_IN: Final = {"name": "Wanda Inwalker", "phone": "+44 (0)7700 900777", "email": "wanda@inwalker.example"}

CHOSEN: Final = {
    "repair": "yes",
    "overall": "neither",
    "topics": ["homes", "safety"],
    "years": "12",
    "day": "2020-02-03",
    "agree": True,
    "age": "over",
}
SECRETS: Final = ("zelda", "quillfeather", "9001234", "marmalade", "boiler sings", "wh/00421", "le13 1xy", "2020-02-03")
"""Of what is held about Zelda, in small letters; the receipts and codes come on top."""


@dataclass(frozen=True, slots=True)
class Town:
    """The numbers and codes of what was put into the store."""

    household: int
    uid: str
    neighbour: int
    copies: tuple[str, ...]
    receipts: tuple[str, ...]
    response_uids: tuple[str, ...]
    walk_in: int
    walk_in_receipt: str
    handed_out: int
    batch_pdf: str
    batch_tiff: str


def build(store: Store) -> Town:
    """Put everybody into the store."""
    with store.writing() as session:
        officer = Officer(username="o", name="O", role=Role.OFFICER, password_hash="x")  # noqa: S106
        campaigns = [a_campaign(session, name, every_kind()) for name in ("Autumn", "Winter")]
        zelda, bruno = (_household(session, code, who) for code, who in (("WH/00421", ZELDA), ("WH/0042", NEIGHBOUR)))
        session.add(officer)
        session.add(Invitation(campaign_id=campaigns[0].id, household_id=zelda.id))
        session.add(
            Invitation(campaign_id=campaigns[1].id, household_id=zelda.id, left_out_because="Zelda asked for it")
        )
        session.flush()
        mine = [_copy(store, session, campaign, zelda) for campaign in campaigns]
        other = _copy(store, session, campaigns[0], bruno)
        handed_out = _copy(store, session, campaigns[1], None)
        paper = _said(
            session,
            campaigns[0],
            Channel.PAPER,
            mine[0],
            why="The boiler sings opera, and there is damp.",
            street="Marmalade Row",
        )
        kiosk = _said(session, campaigns[1], Channel.KIOSK, mine[1], reach=_reach(ZELDA), postcode="LE13 1XY")
        others = _said(
            session, campaigns[0], Channel.PAPER, other, why="All is well.", day="2021-01-01", reach=_reach(NEIGHBOUR)
        )
        walk_in = _said(session, campaigns[1], Channel.KIOSK, None, reach=WALK_IN, day="2021-01-01")
        _at_a_kiosk(session, campaigns[0], copy_code=mine[0].code, delivered={"why": "The boiler sings opera."})
        _at_a_kiosk(session, campaigns[1], receipt=kiosk.receipt)
        names = _files(store, session, officer, (mine[0], paper), (other, others))
        session.add(HouseholdImport(file_sha256=store.files.add(b"code,name\nWH/00421,Zelda Quillfeather\n")))
        _collected(store, session, campaigns[0])
        return Town(
            zelda.id, zelda.uid, bruno.id, tuple(str(copy.code) for copy in mine), (paper.receipt, kiosk.receipt),
            (paper.uid, kiosk.uid), walk_in.id, walk_in.receipt, handed_out.id, *names,
        )  # fmt: skip


def _collected(store: Store, session: Session, campaign: Campaign) -> None:
    """Put in a table of answers that waits, and one whose rows were refused, both with hers."""
    waiting = store.files.add(b"uprn,comment\nWH/00421,The boiler sings opera.\n")
    refused = store.files.add(b"Row,What is wrong,uprn\n2,Happy,WH/00421\n")
    session.add(CollectedImport(name="calls.csv", file_sha256=waiting, campaign_id=campaign.id))
    session.add(
        CollectedImport(
            name="quillfeather.csv", refused_sha256=refused, campaign_id=campaign.id, applied_at=MOMENT, refused=1
        )
    )
    session.flush()


def _reach(who: dict[str, str]) -> dict[str, str]:
    return {part: who[part] for part in ("name", "phone", "email")}


def _household(session: Session, code: str, who: dict[str, str]) -> Household:
    made = Household(
        code=code, area="North", scheme="Elms", tenure="rent", age_band="65+", profile={"cat": who["name"]}
    )
    made.contact = HouseholdContact(name_folded=who["name"].casefold(), **who)
    session.add(made)
    session.flush()
    return made


def _copy(store: Store, session: Session, campaign: Campaign, household: Household | None) -> Copy:
    run = PrintRun(
        campaign_id=campaign.id, kind=RunKind.HOUSEHOLDS if household else RunKind.COPIES, edition="clear", size="a4",
        language="en", copies_wanted=1, state=RunState.READY,
    )  # fmt: skip
    if household and household.contact:
        run.labels_sha256 = store.files.add(f"label {campaign.id} {household.contact.name}".encode())
        run.letters_sha256 = store.files.add(f"letter {campaign.id} {household.contact.name}".encode())
    session.add(run)
    session.flush()
    (code,) = new_copy_codes(1)
    made = Copy(
        code=code, campaign_id=campaign.id, print_run_id=run.id, number=1,
        household_id=household.id if household else None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _said(session: Session, campaign: Campaign, channel: Channel, copy: Copy | None, **said: object) -> Response:
    answers = collect(every_kind(), {**CHOSEN, **said})
    assert not answers.problems
    origin = Origin(
        campaign.id, campaign.form_version_id, channel, DAY, "en", "touch", copy_code=copy.code if copy else None
    )
    uid = f"uid-{campaign.id}-{channel}-{copy.id if copy else 0}"
    receipt = save_in(session, Incoming(uid, origin, every_kind(), answers))
    return session.get_one(Response, receipt.response_id)


def _at_a_kiosk(session: Session, campaign: Campaign, **said: Any) -> None:
    site = Site(name=f"Hall {campaign.id}")
    session.add(site)
    session.flush()
    kiosk = Kiosk(name=site.name, site_id=site.id, token_sha256=site.name)
    session.add(kiosk)
    session.flush()
    session.add(
        Sitting(
            key_sha256=site.name, kiosk_id=kiosk.id, campaign_id=campaign.id, response_uid=site.name, screen="sent",
            **said,
        )
    )  # fmt: skip
    session.flush()


def _files(
    store: Store, session: Session, officer: Officer, mine: tuple[Copy, Response], other: tuple[Copy, Response]
) -> tuple[str, str]:
    """Put in a PDF and a TIFF with two of five pages Zelda's, and her JPEG; give the names of the first two."""
    batch = Batch(campaign_id=mine[0].campaign_id, channel=Channel.PAPER, received_on=DAY)
    session.add(batch)
    session.flush()
    words = ["others1", "oneperson2", "others3", "oneperson4", "others5"]
    names = []
    for name, content, theirs in (
        ("scan.pdf", pdf(words, are_shared=True), (2, 4)),
        ("scan.tif", tiff(words), (2, 4)),
        ("zelda-quillfeather.jpg", jpeg("oneperson"), (1,)),
    ):
        kept = store.files.add(content)
        file = ReceivedFile(
            batch_id=batch.id, sha256=kept, kept_sha256=kept, name=name, size_bytes=len(content), received_at=MOMENT
        )
        session.add(file)
        session.flush()
        for number in range(1, 6) if len(theirs) > 1 else theirs:
            copy, response = mine if number in theirs else other
            _page(store, session, officer, file, number, copy, response)
        names.append(kept)
    return names[0], names[1]


def _page(
    store: Store, session: Session, officer: Officer, file: ReceivedFile, number: int, copy: Copy, response: Response
) -> None:
    is_mine = copy.household_id == min(session.scalars(select(Household.id)))
    word = "boiler sings" if is_mine else "all well"
    preview = store.files.add(f"preview {file.name} {number} {word}".encode())
    printed = session.scalars(select(PrintedForm)).first() or _printed(store, session, response)
    made = Return(
        batch_id=file.batch_id, printed_form_id=printed.id, copy_id=copy.id, response_id=response.id,
        state=ReturnState.COMPLETE,
    )  # fmt: skip
    session.add(made)
    session.flush()
    page = Page(
        file_id=file.id, number=number, reader="1", state=PageState.SETTLED, copy_id=copy.id, response_id=response.id,
        return_id=made.id, outcome={"answers": {"why": word}},
        preview_sha256=preview, set_aside_because=f"code {copy.code}",
    )  # fmt: skip
    session.add(page)
    session.flush()
    for question, machine, decided in (("why", f"{word} opra", f"{word} opera"), ("overall", None, "neither")):
        reading = Reading(page_id=page.id, question=question, answer=machine, fields=[{"words": word}])
        reading.crop = Crop(image=f"PNG {word}".encode())
        session.add(reading)
        session.flush()
        doubt = Doubt(
            reading_id=reading.id, return_id=made.id, batch_id=file.batch_id, question=question, reason="faint",
            state=DoubtState.SETTLED,
        )  # fmt: skip
        session.add(doubt)
        session.add(
            SecondLook(
                batch_id=file.batch_id, reading_id=reading.id, kind=LookKind.ACCEPTED, first=machine, second=decided
            )
        )
        session.flush()
        session.add(
            Correction(
                response_id=response.id, doubt_id=doubt.id, question=question, machine=machine, decided=decided,
                officer_id=officer.id,
            )
        )  # fmt: skip


def _printed(store: Store, session: Session, response: Response) -> PrintedForm:
    made = PrintedForm(
        form_version_id=response.form_version_id, name="printed", edition="clear", size="a4", language="en", pages=5,
        pdf_sha256=store.files.add(b"a printed form"),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made
