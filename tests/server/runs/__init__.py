"""Print runs, with a campaign and households of their own."""
