"""Figures as pages: the year at a glance, each measure, who is heard, where other landlords stand."""
