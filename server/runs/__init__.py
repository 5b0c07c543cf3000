"""Print runs: numbered copies of a form for a campaign, asked for on a page and made behind it."""
