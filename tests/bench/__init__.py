"""Measurements: `python -m tests.bench` prints the figures as tables."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the readers have it: threads that wait would count as CPU time
