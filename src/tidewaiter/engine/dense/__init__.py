"""The dense run: every statistic of 128 series at a time, month by month.

:mod:`columns`  what is computed, in which column, from which months
:mod:`jit`      compiling, and the cache of what was compiled
:mod:`formulas` the statistics' own formulas and steps, compiled
:mod:`kernel`   one tile of 128 series
:mod:`cross`    what looks at the series beside: rank, breadth
:mod:`nothing`  why a cell has no number
"""

LANES = 128  # series in a tile: the vector unit runs across them while the months advance
