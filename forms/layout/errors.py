"""The error of `forms.layout`."""

from forms.errors import FormsError


class LayoutError(FormsError):
    """A PDF has no layout to give: the message says what is wrong with it, where, and what to do."""
