"""Keying a paper in by hand, on a screen that mirrors it: with its scan beside it, or without one."""
