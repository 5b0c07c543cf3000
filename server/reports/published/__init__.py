"""Figures that others, or the landlord itself, have published: a file for each year, with its source."""
