"""Review: officers settle what the machine doubts, one doubt at a time."""
