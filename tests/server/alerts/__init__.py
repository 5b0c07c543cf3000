"""Alerts: dangers in people's own words, clocks, pages."""
