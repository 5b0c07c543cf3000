"""What the kiosk reads aloud."""
