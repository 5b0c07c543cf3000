"""The regulator's yearly dataset: read by its headings, verified, and made into benchmarks."""
