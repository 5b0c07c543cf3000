"""Tests of the results of forms."""
