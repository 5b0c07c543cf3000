"""Reading aloud: clips made by the voices of this machine and kept, recordings of people in their place."""
