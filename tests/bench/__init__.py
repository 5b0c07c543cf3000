"""Measurements: `python -m tests.bench` prints the figures as tables."""
