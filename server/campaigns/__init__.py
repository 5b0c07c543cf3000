"""Campaigns: a form in use, from its draft to its last day, and the households that it asks."""
