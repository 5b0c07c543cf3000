"""What happens to a sheet on its way to a file, one step at a time: on paper, in the feeder, in the lens, in the chip.

A step takes a scan in the making and a stream of chance and gives the scan after it. `tests.paper.wear` puts steps
together.
"""

from collections.abc import Callable

import numpy as np

from tests.paper.scans import Scan

Step = Callable[[Scan, np.random.Generator], Scan]
