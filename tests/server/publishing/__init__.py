"""Tests of the reports as PDFs."""
