"""`sayso` on a machine without a voice: `python -m tests.demo.silent serve`.

A site makes its clips beside all else, some hundreds for each form of an open campaign. Where nobody listens, the tests
leave that out: it takes as long as the rest of what they do.
"""

from server.cli import main
from server.speech import voices


def _none(language: str) -> tuple[voices.Voice, ...]:
    del language
    return ()


if __name__ == "__main__":
    voices.voices_for = _none
    main()
