"""Questions asked of the database, one module for each activity. They only read."""
