"""Retention: each thing is kept for its time, and removed when that is over."""
