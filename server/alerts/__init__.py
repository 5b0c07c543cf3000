"""Alerts: dangers and complaints that somebody must see to the same day, and until when."""
