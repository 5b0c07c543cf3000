"""The migrations of the database, numbered and reversible."""
