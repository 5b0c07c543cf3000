"""A campaign's results out of the database, on both databases."""

from sqlalchemy.orm import Session

from server.models.campaigns import Campaign
from server.models.responses import ResponseState
from server.queries.crossing import Side, place_counts
from server.queries.results import comments_of
from server.responses.saving import save_response
from server.results.crosstable import cross_table
from server.results.gathering import equality_of, results_of
from server.results.wording import Worded
from server.store import Store
from tests.server.filling import SAID, TSM, a_campaign, form_of, incoming, new_campaign
from tests.server.reports.homes import a_home, a_response

LANDLORD = {"landlord": "the Council", "phone": "1", "website": "w"}


def worded() -> Worded:
    return Worded(form_of(TSM), LANDLORD)


def test_results_count_what_stands_question_by_question(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    for said in (SAID, {**SAID, "overall": "neither"}, {"overall": "neither"}):
        save_response(any_store, incoming(campaign, said))
    with any_store.writing() as session:
        a_response(session, campaign, None, {"overall": "neither"}, state=ResponseState.CLASH)
    with any_store.reading() as session:
        responses, groups = results_of(session, campaign.id, worded())
    found = {one.id: one for group in groups for one in group.results}
    assert responses == 3
    assert [bar.count for bar in found["overall"].summary.bars] == [0, 1, 2, 0, 0]
    assert (found["repair_done"].summary.answered, found["comment"].summary.answered) == (2, 2)
    assert found["repairs_service"].condition
    assert "contact" not in found
    assert "age_band" not in found
    assert "the Council" in found["overall"].words


def test_equality_answers_are_counted_by_round_and_hidden_while_few(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    for _ in range(9):
        save_response(any_store, incoming(campaign))
    with any_store.reading() as session:
        assert {count for one in equality_of(session, "2026-27", worded()) for _, count in one.counts} == {None}
    for _ in range(3):
        save_response(any_store, incoming(campaign))
    with any_store.reading() as session:
        ages = equality_of(session, "2026-27", worded())[0]
        assert equality_of(session, "2025-26", worded())[0].total is None
    # Twelve of one age are twelve of all: nought elsewhere would be told by the total, which is hidden with them.
    assert (ages.total, [count for _, count in ages.counts if count]) in ((None, [12]), (None, []))


def test_comments_are_found_by_all_words_and_never_for_their_wildcards(any_store: Store) -> None:
    campaign = new_campaign(any_store)
    for words in ("The LIFT is slow.", "100 % happy", "lift and stairs"):
        save_response(any_store, incoming(campaign, {"overall": "neither", "comment": words}))

    def found(words: str) -> list[str]:
        with any_store.reading() as session:
            rows = comments_of(session, campaign.id, ["comment"], words, 1).rows
        return sorted(one.words for one in rows)  # type: ignore[attr-defined]

    assert found("lift") == ["The LIFT is slow.", "lift and stairs"]
    assert found("lift slow") == ["The LIFT is slow."]
    assert found("%") == ["100 % happy"]
    assert len(found("")) == 3


def crossed_homes(session: Session) -> int:
    campaign = a_campaign(session)
    for number in range(60):
        area, scheme = (("North", "Ashby"), ("North", "Birch"), ("South", "Cedar"))[number % 3]
        home = a_home(session, number, area=area, scheme=scheme)
        a_response(session, campaign, home, {"overall": ("very_satisfied", "neither")[number % 2]})
    for _ in range(7):
        a_response(session, campaign, None, {"repair_done": "yes"})
    return campaign.id


def test_areas_and_schemes_are_counted_together(any_store: Store) -> None:
    with any_store.writing() as session:
        number = crossed_homes(session)
    with any_store.reading() as session:
        counts = place_counts(session, number, Side("overall"))
    assert ("North", "Ashby", "neither", 10) in counts
    assert ("", "", "", 7) in counts
    assert sum(count for *_, count in counts) == 67


def test_a_cross_table_by_area_adds_up_its_schemes_whichever_way_it_is_asked(any_store: Store) -> None:
    with any_store.writing() as session:
        number = crossed_homes(session)
    area, overall = Side("area", is_fact=True), Side("overall")
    with any_store.reading() as session:
        shown = cross_table(session, number, area, overall, worded())
        turned = cross_table(session, number, overall, area, worded())
        schemes = cross_table(session, number, Side("scheme", is_fact=True), overall, worded())
    assert shown == turned
    assert shown.columns == ("Very satisfied", "Neither satisfied nor dissatisfied", "No answer")
    assert [(line.words, [cell.count for cell in line.cells]) for line in shown.lines] == [
        ("North", [20, 20, 0]),
        ("South", [10, 10, 0]),
        ("Area not known", [0, 0, 7]),
    ]
    assert [line.words for line in schemes.lines] == ["North: Ashby", "North: Birch", "South: Cedar", "Area not known"]


def test_a_small_cell_is_hidden_and_its_group_is_not_named_by_itself(any_store: Store) -> None:
    with any_store.writing() as session:
        number = crossed_homes(session)
        home = a_home(session, 99, area="East")
        a_response(session, session.get_one(Campaign, number), home)
    with any_store.reading() as session:
        shown = cross_table(session, number, Side("area", is_fact=True), Side("overall"), worded())
    assert "East" not in {line.words for line in shown.lines}
    assert all(cell.count is None or cell.count == 0 or cell.count >= 5 for line in shown.lines for cell in line.cells)
