"""The values everything is made of. Frozen, small, without I/O and without a data frame.

:mod:`period`       when: a month, quarter, year or span
:mod:`interval`     a number and what its printing leaves open
:mod:`unit`         what a number counts, and in which power of ten
:mod:`key`          which series: reporter, flow, commodity, partner, measure
:mod:`observation`  one number of one file, with its place
:mod:`release`      one publication of one dataset, as known on its day
:mod:`figure`       a statistic of a series at a period, as known on a date
"""
