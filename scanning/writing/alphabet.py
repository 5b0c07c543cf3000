"""The characters that cells may hold, in the order in which the network tells them."""

from typing import Final

DIGITS: Final = "0123456789"
CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

CLASSES: Final = DIGITS + CAPITALS
"""The network's classes; one more, the last, is what is no single character: struck out, a scribble, a dot."""

OF_MARK: Final = {"9": DIGITS, "A": CAPITALS, "*": CLASSES}
"""What may stand where a pattern has that mark (`forms.codes`)."""
