"""Figures from counts, tested."""
