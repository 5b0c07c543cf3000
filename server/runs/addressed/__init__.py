"""Paper with names and addresses on it: labels for envelopes, and cover letters."""
