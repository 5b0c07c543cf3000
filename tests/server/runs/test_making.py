"""Runs are made once and whole, by whichever maker, whatever comes between."""

from collections.abc import Callable
from io import BytesIO
from itertools import count
from threading import Barrier, Thread

import pypdfium2
import pytest
import zxingcpp

from forms.codes import copy_code
from forms.codes.machine import parse
from server.models.audit import AuditEvent
from server.models.copies import RunKind, RunState
from server.models.form_versions import PrintedForm
from server.models.households import Household, HouseholdContact
from server.runs import codes, drawing, making
from server.runs.addressed.labels import labels
from server.runs.forgetting import forget_addresses
from server.runs.making import make_waiting
from server.store import Store
from tests.server.runs.conftest import add_campaign, add_household, add_run, copies_of, run_of

Asked = Callable[[], int]


class Killed(BaseException):
    """Ends a maker where it stands, as `kill -9` would."""


def test_the_code_on_a_households_copy_is_the_one_in_the_index(any_store: Store) -> None:
    campaign = add_campaign(any_store)
    for code, street in (("T2", "2 Zoo Lane"), ("T1", "1 Abbey Road")):
        add_household(any_store, campaign, code, contact=("Ann", street, "LE13 1AB"))
    run_id = add_run(any_store, campaign, RunKind.HOUSEHOLDS, letter="Hello there.")
    assert make_waiting(any_store) == 1
    made, copies = run_of(any_store, run_id), copies_of(any_store, run_id)
    assert (made.state, made.copies_wanted) == (RunState.READY, 2)
    with any_store.reading() as session:
        owners = [session.get_one(Household, copy.household_id).code for copy in copies]
    assert owners == ["T1", "T2"]
    assert made.printed_form is not None
    assert made.pdf_sha256 is not None
    with pypdfium2.PdfDocument(any_store.files.read(made.pdf_sha256)) as pdf:
        assert len(pdf) == 2 * 2
        for number, copy in enumerate(copies):
            page = pdf[number * 2]
            assert copy.code is not None
            assert copy.code in page.get_textpage().get_text_range()
            read = {parse(found.text) for found in zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())}
            assert {(one.printing, one.page, one.copy) for one in read if one} == {
                (made.printed_form.name, 1, copy.code)
            }


@pytest.mark.usefixtures("quick_printing")
def test_copies_to_hand_out_belong_to_nobody_and_have_no_labels(any_store: Store) -> None:
    run_id = add_run(any_store, add_campaign(any_store), copies_wanted=3)
    make_waiting(any_store)
    assert [(copy.number, copy.household_id) for copy in copies_of(any_store, run_id)] == [
        (1, None),
        (2, None),
        (3, None),
    ]
    made = run_of(any_store, run_id)
    assert made.labels_sha256 is made.letters_sha256 is None


@pytest.mark.usefixtures("quick_printing")
def test_a_run_is_noted_by_number_kind_and_count(any_store: Store) -> None:
    run_id = add_run(any_store, add_campaign(any_store), copies_wanted=3)
    make_waiting(any_store)
    with any_store.reading() as session:
        (event,) = session.query(AuditEvent).filter_by(action="print run made")
    assert event.subject == f"print run {run_id}"
    assert '"copies": 3' in event.detail
    assert '"kind": "copies"' in event.detail


@pytest.mark.usefixtures("quick_printing")
def test_codes_that_stand_on_an_earlier_run_are_drawn_again(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = add_campaign(any_store)
    first, second = add_run(any_store, campaign), add_run(any_store, campaign, copies_wanted=4)
    drawn = iter(copy_code.new_copy_codes(6))
    pool: list[str] = [next(drawn), next(drawn)]
    pool += [*pool, next(drawn), next(drawn), pool[0], next(drawn), next(drawn)]
    given = iter(pool)

    def forced(wanted: int, taken: object = frozenset()) -> list[str]:
        del taken
        return [next(given) for _ in range(wanted)]

    monkeypatch.setattr(codes, "new_copy_codes", forced)
    assert make_waiting(any_store) == 2
    all_codes = [copy.code for run_id in (first, second) for copy in copies_of(any_store, run_id)]
    assert len(set(all_codes)) == 6


@pytest.mark.usefixtures("quick_printing")
def test_a_code_given_out_elsewhere_while_a_run_was_drawn_is_drawn_again(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = add_campaign(any_store)
    first, second = add_run(any_store, campaign, copies_wanted=1), add_run(any_store, campaign, copies_wanted=1)
    old, new = copy_code.new_copy_codes(2)
    given = iter([[old], [old], [new]])
    monkeypatch.setattr(making, "unused_codes", lambda *_: next(given))
    assert make_waiting(any_store) == 2
    assert [copy.code for run_id in (first, second) for copy in copies_of(any_store, run_id)] == [old, new]


def test_two_makers_at_once_make_each_run_once(any_store: Store, quick_printing: Asked) -> None:
    campaign = add_campaign(any_store)
    runs = [add_run(any_store, campaign) for _ in range(3)]
    start, made = Barrier(2), []

    def maker() -> None:
        start.wait()
        made.append(make_waiting(any_store))

    threads = [Thread(target=maker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == quick_printing() == 3
    assert [len(copies_of(any_store, run_id)) for run_id in runs] == [2, 2, 2]


@pytest.mark.parametrize("step", ["print_form", "print_run", "labels", "letters", "insert", "add", "note"])
@pytest.mark.usefixtures("quick_printing")
def test_a_maker_that_is_killed_at_any_step_leaves_the_run_to_be_made_whole(
    any_store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    campaign = add_campaign(any_store)
    add_household(any_store, campaign, "T1")
    run_id = add_run(any_store, campaign, RunKind.HOUSEHOLDS, letter="Hello there.")

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        places = {"insert": making, "note": making, "add": any_store.files}
        patch.setattr(places.get(step, drawing), step, killed)
        with pytest.raises(Killed):
            make_waiting(any_store)
    left = run_of(any_store, run_id)
    assert (left.state, left.pdf_sha256, copies_of(any_store, run_id)) == (RunState.WAITING, None, [])
    with any_store.reading() as session:
        assert session.query(PrintedForm).count() == 0
    assert make_waiting(any_store) == 1
    made = run_of(any_store, run_id)
    names = [made.pdf_sha256, made.labels_sha256, made.letters_sha256]
    assert all(name and any_store.files.has(name) for name in names)
    assert len(copies_of(any_store, run_id)) == 1


@pytest.mark.usefixtures("quick_printing")
def test_whoever_is_erased_while_a_run_is_drawn_gets_no_copy(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = add_campaign(any_store)
    add_household(any_store, campaign, "stays")
    erased = add_household(any_store, campaign, "erased", contact=("Mr Secret", "9 Hidden Row", "LE13 9ZZ"))
    run_id = add_run(any_store, campaign, RunKind.HOUSEHOLDS, letter="Hello there.")
    real, tries = labels, count()

    def erasing(*given: object) -> bytes:
        if next(tries) == 0:
            with any_store.writing() as session:
                household = session.get_one(Household, erased)
                household.code, household.is_here, household.contact = None, False, None
                assert forget_addresses(session, erased) == set()
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(drawing, "labels", erasing)
    make_waiting(any_store)
    assert len(copies_of(any_store, run_id)) == 1
    made = run_of(any_store, run_id)
    for name in (made.labels_sha256, made.letters_sha256):
        assert name is not None
        assert "Hidden" not in text_of(any_store.files.read(name))


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.usefixtures("quick_printing")
def test_a_run_overtaken_again_and_again_says_so(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = add_campaign(any_store)
    moving = add_household(any_store, campaign, "T1")
    run_id = add_run(any_store, campaign, RunKind.HOUSEHOLDS)
    numbers = count(1)

    def moved(*_: object) -> bytes:
        with any_store.writing() as session:
            session.get_one(HouseholdContact, moving).address = f"{next(numbers)} New Street"
        return b"labels"

    monkeypatch.setattr(drawing, "labels", moved)
    assert make_waiting(any_store) == 0
    assert run_of(any_store, run_id).failed_because == making.OVERTAKEN


def test_a_form_that_cannot_be_printed_so_says_why_and_the_next_run_is_made(any_store: Store) -> None:
    campaign = add_campaign(any_store)
    wrong, right = add_run(any_store, campaign, language="de"), add_run(any_store, campaign)
    assert make_waiting(any_store) == 1
    failed = run_of(any_store, wrong)
    assert failed.state == RunState.FAILED
    assert failed.failed_because == "poll is not in 'de'. It is in: en, pl, ar."
    assert run_of(any_store, right).state == RunState.READY


def test_a_fault_inside_sayso_fails_the_run_without_its_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = add_run(store, add_campaign(store))

    def broken(*_: object, **__: object) -> None:
        raise TypeError("Mr Secret")

    monkeypatch.setattr(drawing, "print_form", broken)
    make_waiting(store)
    because = run_of(store, run_id).failed_because
    assert because is not None
    assert "TypeError" in because
    assert "Secret" not in because


@pytest.mark.usefixtures("quick_printing")
def test_a_disk_that_is_full_fails_the_run_in_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = add_run(store, add_campaign(store))

    def full(_: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.files, "add", full)
    make_waiting(store)
    assert "No space left on device" in (run_of(store, run_id).failed_because or "")
    assert copies_of(store, run_id) == []


def test_a_run_for_nobody_says_so(any_store: Store) -> None:
    run_id = add_run(any_store, add_campaign(any_store), RunKind.REMINDER)
    make_waiting(any_store)
    assert "No household is left to remind" in (run_of(any_store, run_id).failed_because or "")


@pytest.mark.usefixtures("quick_printing")
def test_the_same_form_printed_again_is_one_printed_form(any_store: Store) -> None:
    campaign = add_campaign(any_store)
    runs = [add_run(any_store, campaign) for _ in range(2)]
    make_waiting(any_store)
    assert len({run_of(any_store, run_id).printed_form_id for run_id in runs}) == 1
