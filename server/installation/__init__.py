"""The installation: its sites, its kiosks, and the settings and room that it works with."""
