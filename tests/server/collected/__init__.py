"""Tests of answers collected elsewhere."""
