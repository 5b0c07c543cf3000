"""The fields of the regulator's return, a file for each year, as its data dictionary lists them."""
