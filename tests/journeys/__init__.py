"""Journeys through the real pages in a real browser."""
