"""Names and addresses can be taken out of what was printed."""

import pytest

from server.models.copies import Copy, RunKind
from server.runs.forgetting import forget_addresses
from server.runs.making import make_waiting
from server.store import Store
from tests.server.runs.conftest import add_campaign, add_household, add_run, run_of


@pytest.mark.usefixtures("quick_printing")
def test_forgetting_a_household_lets_go_of_the_labels_and_letters_it_is_in(any_store: Store) -> None:
    campaign = add_campaign(any_store)
    household_id = add_household(any_store, campaign, "T1")
    with_it = add_run(any_store, campaign, RunKind.HOUSEHOLDS, letter="Hello there.")
    without = add_run(any_store, campaign)
    make_waiting(any_store)
    before = run_of(any_store, with_it)
    with any_store.writing() as session:
        gone = forget_addresses(session, household_id)
    assert gone == {before.labels_sha256, before.letters_sha256}
    after = run_of(any_store, with_it)
    assert after.labels_sha256 is after.letters_sha256 is None
    assert after.pdf_sha256 == before.pdf_sha256
    assert run_of(any_store, without).pdf_sha256


@pytest.mark.usefixtures("quick_printing")
def test_a_file_that_another_run_still_names_is_not_given_up(any_store: Store) -> None:
    campaign = add_campaign(any_store)
    household_id = add_household(any_store, campaign, "T1")
    runs = [add_run(any_store, campaign, RunKind.HOUSEHOLDS) for _ in range(2)]
    make_waiting(any_store)
    with any_store.writing() as session:
        for run_id in runs:
            session.merge(run_of(any_store, run_id)).labels_sha256 = "a" * 64
        session.query(Copy).filter_by(print_run_id=runs[1]).delete()
    with any_store.writing() as session:
        assert forget_addresses(session, household_id) == set()
