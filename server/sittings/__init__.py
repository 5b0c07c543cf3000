"""Sittings: what people do at a kiosk, kept as they do it, and sent or wiped in the end."""
