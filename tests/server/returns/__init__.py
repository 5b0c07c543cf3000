"""Tests of returned paper, put together and completed."""
