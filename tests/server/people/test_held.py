"""Every table that leads to a person is known to finding, handing over and erasing."""

from server.models import Base
from server.models.audit import Erasure
from server.people.portrait import NAMES
from server.queries.held import TABLES, held_about
from server.queries.subjects import Subject, SubjectKind
from server.store import Store
from tests.server.people.town import Town

ABOUT_PEOPLE = {"household_id", "response_id", "copy_id", "page_id", "reading_id", "doubt_id"}
TELLING = {"household_uid", "response_uid", "response_uids", "copy_code", "receipt", "phone", "email", "name_folded"}


def test_every_table_that_points_to_a_person_is_covered() -> None:
    known = {model.__tablename__ for model in TABLES}
    for table in Base.metadata.sorted_tables:
        columns = {column.name for column in table.columns}
        leads = columns & (ABOUT_PEOPLE | TELLING) or {
            key.column.table.name for key in table.foreign_keys if key.column.table.name in known
        }
        assert not leads or table.name in known | {Erasure.__tablename__}, (table.name, leads)


def test_every_table_has_a_name_that_people_understand() -> None:
    assert set(NAMES) == set(TABLES)


def test_the_town_has_rows_of_one_person_in_every_table(store: Store, town: Town) -> None:
    with store.reading() as session:
        held = held_about(session, Subject(SubjectKind.HOUSEHOLD, town.household))
    assert [model.__tablename__ for model in TABLES if not held.rows[model]] == []


def test_pages_are_found_by_the_file_whichever_row_names_it(store: Store, town: Town) -> None:
    with store.reading() as session:
        held = held_about(session, Subject(SubjectKind.HOUSEHOLD, town.household))
    assert held.pages_by_file()[town.batch_pdf] == (2, 4)
    assert held.pages_by_file()[town.batch_tiff] == (2, 4)
    assert sorted(map(len, held.pages_by_file().values())) == [1, 2, 2]
