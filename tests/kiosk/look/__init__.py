"""The look of the kiosk: its templates, drawn from made-up screens."""
