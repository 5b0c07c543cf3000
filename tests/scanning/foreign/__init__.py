"""Other people's forms."""
