"""A form on paper: laid out, tagged, fillable, printable, and the template that scanning reads by."""
