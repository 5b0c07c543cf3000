"""How paper comes in: files by a watched folder, by upload or by command, and the worker that reads them."""
