"""Tests of keying papers in by hand."""
