"""The forms: those that ship, those that were put in here, and how each looks on screen and on paper."""
