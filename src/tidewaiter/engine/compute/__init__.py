"""Computing: every statistic of every series of a file of records.

:mod:`context`  what a block must know beside its own records
:mod:`block`    one block: cube, statistics, what it passes on to the total
:mod:`top`      chapters, groups and the total of a flow
:mod:`run`      a whole pass, on all cores
:mod:`output`   the statistics as Parquet, block by block, only what changed
:mod:`pure`     the same for one block as a function from Arrow to Arrow
:mod:`leads`    what stands out in the last period
"""

from tidewaiter.engine.compute.run import Summary, run

__all__ = ["Summary", "run"]
