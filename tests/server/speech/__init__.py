"""Reading aloud: voices, clips, recordings, their pages."""
