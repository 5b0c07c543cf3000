"""Each thing is kept until its time is over and not a day longer, and nothing else goes with it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.audit import AuditEvent
from server.models.campaigns import Campaign
from server.models.collected import CollectedImport
from server.models.copies import PrintRun, RunKind
from server.models.form_versions import PrintedForm
from server.models.households import Household, HouseholdContact, HouseholdImport
from server.models.intake import Batch, Crop, Page, PageState, Reading, ReceivedFile, Return
from server.models.officers import Officer, OfficerSession, Role, Throttle
from server.models.responses import Answer, ContactDetails, Response
from server.models.review import Correction, Doubt
from server.retention.applying import apply, looked_at
from server.retention.rules import RULES, due_before
from server.store import Store
from server.store.keys import KeyName
from server.trail import chain
from tests.server.backup.contents import files, rows
from tests.server.filling import a_campaign
from tests.server.people.received import tiff

AT = datetime(2026, 11, 25, 12, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LATELY = AT - timedelta(days=1)

Make = Callable[[Store, Session, datetime], None]
"""Makes what a rule is about, so that its time begins at a moment."""


def an_officer(name: str) -> Officer:
    return Officer(username=name, name=name, role=Role.OFFICER, password_hash="x")  # noqa: S106 (nobody's)


def a_response(session: Session, on: date) -> Response:
    campaign = session.scalar(select(Campaign)) or a_campaign(session)
    number = len(session.scalars(select(Response)).all()) + 1
    made = Response(
        uid=f"u{number}",
        content_sha256="0" * 64,
        receipt=f"R{number}",
        campaign_id=campaign.id,
        form_version_id=campaign.form_version_id,
        channel="paper",
        received_on=on,
        language="en",
        format="clear",
        answers=[Answer(question="q", option="yes")],
    )
    session.add(made)
    session.flush()
    return made


def a_file(store: Store, session: Session, words: list[str], **more: object) -> ReceivedFile:
    name = store.files.add(tiff(words))
    made = ReceivedFile(
        batch=Batch(channel="paper", received_on=LATELY.date()),
        sha256=name,
        kept_sha256=name,
        name="scan.tif",
        size_bytes=1,
        received_at=more.pop("received_at", LATELY),
        **more,
    )
    session.add(made)
    session.flush()
    return made


def a_page(store: Store, session: Session, file: ReceivedFile, number: int, word: str, **more: object) -> Page:
    preview = store.files.add(f"preview of {word}".encode())
    made = Page(file=file, number=number, reader="1", preview_sha256=preview, **more)
    made.readings = [Reading(question="q", answer="yes", crop=Crop(image=word.encode()))]
    session.add(made)
    session.flush()
    return made


def a_printing(session: Session, response: Response) -> PrintedForm:
    version = response.form_version_id
    made = PrintedForm(
        form_version_id=version, name="p", edition="clear", size="a4", language="en", pages=1, pdf_sha256="0" * 64
    )
    session.add(made)
    session.flush()
    return made


def settled_page(store: Store, session: Session, since: datetime) -> None:
    file = a_file(store, session, [f"due{since:%H%M%S%d}"])
    a_page(store, session, file, 1, f"due{since}", state=PageState.SETTLED, settled_at=since)


def equality_page(store: Store, session: Session, since: datetime) -> None:
    file = a_file(store, session, [f"eq{since:%H%M%S%d}"])
    a_page(store, session, file, 1, f"eq{since}", state=PageState.SETTLED, settled_at=since, is_equality=True)


def set_aside(store: Store, session: Session, since: datetime) -> None:
    a_file(store, session, [f"aside{since:%H%M%S%d}"], set_aside_because="blurred", received_at=since)


def set_aside_page(store: Store, session: Session, since: datetime) -> None:
    file = a_file(store, session, [f"one{since:%H%M%S%d}"], received_at=since)
    a_page(store, session, file, 1, f"one{since}", state=PageState.SET_ASIDE)


def replied_contact(_: Store, session: Session, since: datetime) -> None:
    response = a_response(session, date(2020, 12, 31))
    response.contact = ContactDetails(question="contact", details={"name": "x"}, replied_at=since)


def contact_without_reply(_: Store, session: Session, since: datetime) -> None:
    response = a_response(session, since.date())
    response.contact = ContactDetails(question="contact", details={"name": "x"})


def response(_: Store, session: Session, since: datetime) -> None:
    made = a_response(session, since.date())
    officer = an_officer(f"o{since}")
    session.add(officer)
    session.flush()
    session.add(Correction(response_id=made.id, question="q", machine="a", decided="b", officer_id=officer.id))


def gone_household(_: Store, session: Session, since: datetime) -> None:
    session.add(Household(code=f"H{since}", is_here=False, updated_at=since, contact=HouseholdContact(name="x")))


def printed_run(store: Store, session: Session, since: datetime) -> None:
    session.add(
        PrintRun(
            campaign_id=a_campaign(session, f"R{since}").id,
            kind=RunKind.HOUSEHOLDS,
            edition="clear",
            size="a4",
            language="en",
            copies_wanted=1,
            ready_at=since,
            pdf_sha256=store.files.add(f"paper {since}".encode()),
            labels_sha256=store.files.add(f"labels {since}".encode()),
            letters_sha256=store.files.add(f"letters {since}".encode()),
        )
    )


def uploaded_list(store: Store, session: Session, since: datetime) -> None:
    session.add(HouseholdImport(made_at=since, file_sha256=store.files.add(f"list {since}".encode())))


def waiting_answers(store: Store, session: Session, since: datetime) -> None:
    file = store.files.add(f"answers {since}".encode())
    campaign_id = a_campaign(session, f"A{since}").id
    session.add(CollectedImport(name="calls.csv", file_sha256=file, campaign_id=campaign_id, created_at=since))


def refused_answers(store: Store, session: Session, since: datetime) -> None:
    sent, file = since - timedelta(days=20), store.files.add(f"refused {since}".encode())
    campaign_id = a_campaign(session, f"R{since}").id
    made = CollectedImport(name="calls.csv", campaign_id=campaign_id, created_at=sent, applied_at=since)
    made.refused_sha256 = file
    session.add(made)


def sign_in(_: Store, session: Session, since: datetime) -> None:
    officer = an_officer(f"s{since}")
    token = str(len(session.scalars(select(OfficerSession)).all())) * 64
    session.add(OfficerSession(token_sha256=token, officer=officer, started_at=since - timedelta(hours=12)))


def failed_sign_in(_: Store, session: Session, since: datetime) -> None:
    session.add(Throttle(key=f"k{since}", failures=1, failed_at=since - timedelta(hours=1)))


CASES: list[tuple[str, Make, int, timedelta]] = [
    ("page_images", settled_page, 12, SECOND),
    ("equality_pages", equality_page, 0, SECOND),
    ("set_aside_files", set_aside, 3, SECOND),
    ("set_aside_files", set_aside_page, 3, SECOND),
    ("contact_details", replied_contact, 6, SECOND),
    ("contact_details", contact_without_reply, 6, timedelta(days=1)),
    ("responses", response, 72, timedelta(days=1)),
    ("households_gone", gone_household, 12, SECOND),
    ("labels_and_letters", printed_run, 3, SECOND),
    ("household_lists", uploaded_list, 1, SECOND),
    ("collected_answers", waiting_answers, 1, SECOND),
    ("collected_answers", refused_answers, 1, SECOND),
    ("sign_ins", sign_in, 0, SECOND),
    ("sign_ins", failed_sign_in, 0, SECOND),
]


def test_every_rule_has_a_case_here() -> None:
    assert {case[0] for case in CASES} | {"audit"} == {rule.name for rule in RULES}


def counts(store: Store) -> dict[str, int]:
    return {one.rule.name: one.count for one in looked_at(store, AT) if one.count}


@pytest.mark.parametrize(("name", "make", "months", "step"), CASES)
def test_just_before_its_time_nothing_is_due_and_just_after_exactly_it(
    any_store: Store, name: str, make: Make, months: int, step: timedelta
) -> None:
    edge = due_before(months, AT)
    with any_store.writing() as session:
        make(any_store, session, edge)
    before = rows(any_store), files(any_store)
    assert counts(any_store) == {}
    apply(any_store, AT)
    assert (rows(any_store), files(any_store)) == before
    with any_store.writing() as session:
        make(any_store, session, edge - step)
    assert counts(any_store) == {name: 1}
    (due,) = [one for one in looked_at(any_store, AT) if one.count]
    assert due.oldest == due.newest
    applied = apply(any_store, AT)
    assert {one.rule.name: one.count for one in applied.due if one.count} == {name: 1}
    assert counts(any_store) == {}
    left = files(any_store)
    assert before[1].items() <= left.items()
    kept = {content for content in left.values() if b"paper" not in content}
    assert kept == {content for content in before[1].values() if b"paper" not in content}


def test_a_response_goes_with_its_answers_contacts_corrections_pages_and_scan(any_store: Store) -> None:
    with any_store.writing() as session:
        old = a_response(session, date(2020, 11, 24))
        old.contact = ContactDetails(question="contact", details={"name": "x"})
        new = a_response(session, date(2020, 11, 26))
        file = a_file(any_store, session, ["OLD", "NEW"])
        page = a_page(any_store, session, file, 1, "OLD", response_id=old.id)
        a_page(any_store, session, file, 2, "NEW", response_id=new.id)
        made = Return(batch_id=file.batch_id, printed_form_id=a_printing(session, old).id, response_id=old.id)
        session.add(made)
        session.flush()
        page.return_id = made.id
        again = Return(batch_id=file.batch_id, printed_form_id=made.printed_form_id, repeats_id=made.id)
        session.add(again)
        ids = {"reading_id": page.readings[0].id, "return_id": made.id, "batch_id": file.batch_id}
        session.add(Doubt(question="q", reason="two_marks", **ids))
    apply(any_store, AT)
    with any_store.reading() as session:
        assert session.scalars(select(Response.receipt)).all() == ["R2"]
        assert session.scalars(select(Answer.response_id)).all() == [new.id]
        assert session.scalars(select(Page.number)).all() == [2]
        assert session.scalars(select(Crop.image)).all() == [b"NEW"]
        for model in (ContactDetails, Doubt):
            assert session.scalars(select(model)).all() == []
        assert session.scalars(select(Return.repeats_id)).all() == [None]
    contents = b"".join(files(any_store).values())
    assert b"OLD" not in contents
    assert b"NEW" in contents


def test_a_due_page_leaves_a_blank_one_until_all_of_its_file_are_due(any_store: Store) -> None:
    with any_store.writing() as session:
        file = a_file(any_store, session, ["DUE", "WAITS"])
        due = due_before(12, AT) - SECOND
        a_page(any_store, session, file, 1, "DUE", state=PageState.SETTLED, settled_at=due)
        waits = a_page(any_store, session, file, 2, "WAITS")
    apply(any_store, AT)
    contents = b"".join(files(any_store).values())
    assert b"DUE" not in contents
    assert b"WAITS" in contents
    with any_store.writing() as session:
        page = session.get_one(Page, waits.id)
        page.state, page.settled_at = PageState.SETTLED, due
    apply(any_store, AT)
    assert files(any_store) == {}
    with any_store.reading() as session:
        assert session.scalars(select(ReceivedFile.name)).all() == ["removed file"]
        assert set(session.scalars(select(Page.state))) == {PageState.REMOVED}
        assert session.scalars(select(Reading.answer)).all() == ["yes", "yes"]


def test_a_page_that_another_reader_still_waits_for_is_not_taken_out(any_store: Store) -> None:
    with any_store.writing() as session:
        file = a_file(any_store, session, ["DUE"])
        due = due_before(12, AT) - SECOND
        a_page(any_store, session, file, 1, "DUE", state=PageState.SETTLED, settled_at=due)
        session.add(Page(file=file, number=1, reader="2"))
    before = files(any_store)
    apply(any_store, AT)
    assert file.kept_sha256 in before
    assert any_store.files.has(str(file.kept_sha256))


def test_old_events_leave_the_front_of_the_log_and_it_stays_provable(any_store: Store) -> None:
    key = any_store.keys.get(KeyName.AUDIT)
    edge = due_before(72, AT)
    for at in (edge - SECOND, edge, AT):
        with any_store.writing() as session, pytest.MonkeyPatch.context() as patch:
            patch.setattr(chain, "now", lambda at=at: at)
            chain.record(session, key, "happened", f"at {at}")
    assert counts(any_store) == {"audit": 1}
    apply(any_store, AT)
    with any_store.reading() as session:
        assert list(chain.faults(session, key)) == []
        kept = session.scalars(select(AuditEvent.at).where(AuditEvent.action == "happened")).all()
    assert sorted(kept) == [edge, AT]


def test_what_was_removed_is_audited_by_counts(store: Store) -> None:
    with store.writing() as session:
        uploaded_list(store, session, due_before(1, AT) - SECOND)
    apply(store, AT)
    with store.reading() as session:
        (event,) = session.scalars(select(AuditEvent)).all()
    assert (event.action, event.subject, event.detail) == (
        "retention applied",
        "household lists",
        '{"count": 1, "months": 1}',
    )


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        (datetime(2027, 3, 31, tzinfo=UTC), 1, datetime(2027, 2, 28, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), 12, datetime(2027, 2, 28, tzinfo=UTC)),
        (datetime(2027, 1, 15, tzinfo=UTC), 1, datetime(2026, 12, 15, tzinfo=UTC)),
        (datetime(2027, 1, 15, tzinfo=UTC), 0, datetime(2027, 1, 15, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(moment: datetime, months: int, before: datetime) -> None:
    assert due_before(months, moment) == before
