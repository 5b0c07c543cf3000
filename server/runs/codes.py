"""Copy codes for a new run: none of them stands on a copy of any run before."""

from sqlalchemy.orm import Session

from forms.codes.copy_code import new_copy_codes
from server.queries.runs import codes_in_use


def unused_codes(session: Session, count: int) -> list[str]:
    """Give that many new codes; the database is asked only about those that were drawn."""
    codes = new_copy_codes(count)
    while taken := codes_in_use(session, codes):
        kept = [code for code in codes if code not in taken]
        codes = kept + new_copy_codes(count - len(kept), taken | set(kept))
    return codes
