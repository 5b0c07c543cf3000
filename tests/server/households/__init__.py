"""Importing households, and the pages that show them."""
