"""Paper to readings: page images in, answers and doubts out."""
