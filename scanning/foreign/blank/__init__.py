"""A picture of a blank page → what is drawn on it for somebody to tick or to write in."""
