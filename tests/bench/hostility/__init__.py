"""Files that are damaged, made to do harm, or of another world: each with what may come of it."""
