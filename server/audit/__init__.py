"""The audit log, for an administrator to look through."""
