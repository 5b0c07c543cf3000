"""A year in the life of a made-up landlord, through the real product: `make demo` and `make demo-check`."""
