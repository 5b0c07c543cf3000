"""Files in, readings out: every file is decoded and read in limited child processes, and only readings come back.

The parent opens a file and hands the open file to a child; it never looks at a byte of it.
"""

from scanning.readers.readers import Readers
from scanning.readers.results import FileRefused, PageResult, Portion, Wanted

__all__ = ["FileRefused", "PageResult", "Portion", "Readers", "Wanted"]
