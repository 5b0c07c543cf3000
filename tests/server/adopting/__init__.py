"""Tests of adopting other people's forms on the site."""
