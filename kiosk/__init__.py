"""Touch to answers: the journey of a person at a kiosk."""
