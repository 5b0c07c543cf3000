"""Backups: the database and the files of one moment in one file, the same for SQLite and PostgreSQL, and back again."""
