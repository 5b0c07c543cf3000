"""People: everything that is held about one of them can be found, handed over and erased."""
