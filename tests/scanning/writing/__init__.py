"""Reading what people write by hand."""
