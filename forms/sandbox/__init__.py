"""Work on untrusted bytes in limited child processes; everything that opens a stranger's file goes through here.

A child gets no environment and no terminal, and where bubblewrap works no network, no other processes, and no files but
programs and libraries. What it answers is data, so nothing it sends is ever executed.
"""

from forms.sandbox.limits import Limits, SandboxError, is_too_slow, one_line, reason
from forms.sandbox.oneshot import run_limited
from forms.sandbox.process import Child, die_with_parent, end_group, entry, start

__all__ = [
    "Child",
    "Limits",
    "SandboxError",
    "die_with_parent",
    "end_group",
    "entry",
    "is_too_slow",
    "one_line",
    "reason",
    "run_limited",
    "start",
]
