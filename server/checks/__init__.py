"""The quality check: accepted answers read a second time, blind, to say how many of them are wrong at most."""
