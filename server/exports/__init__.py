"""A campaign's answers as files for other programs: CSV, XLSX, JSON lines and SPSS, each with its data dictionary."""
