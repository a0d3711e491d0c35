"""Every series of a cube in one file that is mapped into memory: one series is read in microseconds.

::

    magic                8 bytes
    values               int64, the cells of one series after the other: exact sums in 10^-scale of the unit
    months               uint16, beside them: places on the time axis; the highest bit says "withheld"
    keys                 int64, sorted: flow << 56 | node << 16 | slot
    starts, counts       int64, int32: where a key's cells begin, and how many there are
    header               JSON, packed: the records' header, areas, number of series and cells
    footer               int64 × 3: where the keys begin, where the header begins, how long it is

Only cells with trade, or with a withheld value, are kept. No statistics are kept: they
are computed when they are asked for, which costs less than reading them would.
"""

from tidewaiter.store.series.read import Cells, SeriesFile
from tidewaiter.store.series.write import SeriesWriter

__all__ = ["Cells", "SeriesFile", "SeriesWriter"]
