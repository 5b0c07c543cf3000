"""Copies that came back on paper: put together from their pages, judged as a whole, and saved once nothing is open."""
