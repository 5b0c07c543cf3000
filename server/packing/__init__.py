"""Packing responses by column, so that figures of a million are there within a second."""
