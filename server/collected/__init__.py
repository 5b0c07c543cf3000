"""Answers that were collected elsewhere, such as by telephone: from a table to responses, with their method."""
