"""The quality check."""
