"""Store, review and report: the only place where the parts meet."""
