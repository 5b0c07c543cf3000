"""Single pages that were set aside, read once more: because their form was printed, or is known, only now."""

from collections.abc import Mapping

from scanning.readers import FileRefused, PageResult, Portion, Readers
from scanning.readings import Refusal, SetAside
from server.intake.keeping import put_together
from server.models.intake import Page, PageState, ReceivedFile
from server.queries.intake import waiting_pages
from server.queries.theirs import Lot
from server.returns.known import Known
from server.returns.pages import READER, keep_page
from server.store import Store


def read_pages_again(store: Store, readers: Readers, known: Mapping[str, Known], lot: Lot) -> None:
    """Read the single pages of a lot that wait, and put them into returned copies."""
    with store.reading() as session:
        waiting = [(page.id, page.file_id, page.number, page.file.kept_sha256) for page in waiting_pages(session, lot)]
    for page_id, file_id, number, kept in waiting:
        if kept is None or not store.files.has(kept):
            _put_back(store, page_id)
            continue
        portion = Portion(store.files.path(kept), number - 1, 1, may_change=False)
        _keep(store, file_id, number, list(readers.read([portion])), known)
        put_together(store, [file_id], known)


def _keep(
    store: Store,
    file_id: int,
    number: int,
    results: list[PageResult | FileRefused],
    known: Mapping[str, Known],
) -> None:
    slips = [one if isinstance(one, PageResult) else _refused(one, number) for one in results]
    previews = [store.files.add(slip.preview) if slip.preview is not None else None for slip in slips]
    with store.writing() as session:
        file = session.get_one(ReceivedFile, file_id)
        for part, (slip, preview) in enumerate(zip(slips, previews, strict=True)):
            keep_page(session, file, slip, (number, part), READER, known, preview)


def _refused(one: FileRefused, number: int) -> PageResult:
    return PageResult(one.file, number - 1, None, SetAside(Refusal.UNREADABLE, one.detail), {}, None, None)


def _put_back(store: Store, page_id: int) -> None:
    with store.writing() as session:
        session.get_one(Page, page_id).state = PageState.SET_ASIDE
