"""Tests of how paper comes in."""
