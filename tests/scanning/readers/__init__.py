"""Tests of the reader children."""
