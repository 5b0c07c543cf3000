"""What the pages of results send."""

from pydantic import Field

from server.web.inputs import Input


class Search(Input):
    """What comments are looked for, and which page of what is found."""

    words: str = Field("", max_length=100)
    page: int = Field(1, ge=1, le=1_000_000)
