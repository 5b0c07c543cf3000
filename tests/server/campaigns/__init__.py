"""Tests of campaigns and of the page of today."""
