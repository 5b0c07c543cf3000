"""Handwriting and print in the places to write in: characters of comb cells, drafts of comments. Never a tick box."""
