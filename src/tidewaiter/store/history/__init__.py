"""Vintages of records: what was known on each day, for little more than the size of one.

A folder holds the first vintage whole and, for every later one, only what changed: **signed differences**
(new less old) of values, of presence and of withholding. A vintage is the sum of the first and all changes up
to it: plain addition of integers, in any order. Nothing is searched for the newest version of a row.

::

    vintages.json        which vintages count, oldest first; replaced in one step
    0000.parquet         the first vintage, a file of records (``store.records``)
    0001.parquet …       changes: flow, commodity, partner, month, value, present, withheld
    0000.header …        each vintage's header as it was, packed

In the changes a commodity (a partner) is its place in the list that begins with the first vintage's codes and
goes on with those that later vintages brought, in their order.

>>> from tidewaiter.store.history import History  # doctest: +SKIP
>>> History(folder).as_of(date(2025, 9, 9)).columns(block)  # doctest: +SKIP
"""

from tidewaiter.store.history.snapshot import Snapshot
from tidewaiter.store.history.vintages import Appended, History, Vintage

__all__ = ["Appended", "History", "Snapshot", "Vintage"]
