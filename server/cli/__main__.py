"""`python -m server.cli` is the command `sayso`: how `sayso serve` starts a worker, wherever it was installed."""

from server.cli import main

if __name__ == "__main__":
    main()
