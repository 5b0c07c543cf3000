"""Made-up people at a real kiosk: every answer goes the way that a touch takes."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from forms.definition import Form
from tests.bench.kiosk_world import HttpClient
from tests.demo.opinions import Person, Said
from tests.server.sittings.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Visited:
    """What somebody said, and the receipt that they were given."""

    form: Form
    receipt: str
    said: Said


@contextmanager
def at_kiosk(port: int, key: str) -> Iterator[Visitor]:
    """Give a kiosk's browser at its start screen, until the block ends."""
    with closing(HttpClient(port)) as client:
        client.post("/kiosk/set-up", data={"key": key})
        visitor = Visitor(client)  # type: ignore[arg-type]
        visitor.look()
        yield visitor


def visit(visitor: Visitor, campaign: int, form: Form, person: Person, code: str | None = None) -> Visited:
    """Have somebody answer a campaign at a kiosk, and go."""
    said = person.says(form)
    visitor.begin(campaign, code=code)
    visitor.to_check(dict(said))
    visitor.touch("send")
    done = Visited(form, visitor.receipt.strip(), said)
    visitor.touch("leave")
    visitor.look()
    return done
