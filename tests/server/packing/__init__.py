"""Tests of responses packed by column."""
