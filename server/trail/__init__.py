"""The audit trail: each event is sealed onto the one before it. The page that shows it is in `audit`."""
