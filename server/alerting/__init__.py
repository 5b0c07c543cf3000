"""What cannot wait: dangers found in people's own words, and the rows that tell officers of them."""
