"""WeasyPrint's tags → those of PDF/UA-1: what a screen reader says of a form, in which order and which language."""
