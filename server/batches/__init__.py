"""Post: batches of paper, how far each has come, what is to be done with it, and the scanner's health."""
