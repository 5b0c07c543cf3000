"""Tests of `scanning`."""
