"""The error of `forms.adopting`."""

from forms.errors import FormsError


class AdoptingError(FormsError):
    """A PDF cannot be adopted; the message says why, and what to do."""
