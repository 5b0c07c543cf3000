"""Writing that the machine gave up → tried once more, because an officer asks for it."""

from server.intake import tries
from server.models.officers import Officer
from server.queries.batches import batch_standing, unread_pages
from server.store import Store
from server.trail.recording import note


def read_again(store: Store, batch_id: int, officer: Officer) -> int:
    """Have the writing that was given up in a batch tried again, soon, by the worker; give on how many pages.

    Raises `NotFoundError` where there is no such batch.
    """
    with store.writing() as session:
        batch = batch_standing(session, batch_id).batch
        pages = unread_pages(session, batch_id)
        for page in pages:
            tries.anew(page)
        if pages:
            detail = {"pages": len(pages)}
            note(store, session, "writing asked for again", f"batch {batch.uid}", by=officer.uid, detail=detail)
        return len(pages)
