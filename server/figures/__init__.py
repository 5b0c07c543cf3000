"""What is worked out from counts: pure functions that know neither the database nor a page."""
