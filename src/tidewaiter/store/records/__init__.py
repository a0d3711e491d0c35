"""Records: a nation's customs records in narrow integers, sorted, block by block.

One Parquet file (zstd) holds the records of one reporter and one measure. Columns:

=========  ======  ==================================================================================
flow       uint8   place in the header's list of flows
commodity  uint32  place in the header's list of commodities, which is sorted by chapter, then code
partner    uint16  place in the header's list of partners, sorted
month      int16   ordinal of the period's first month, year × 12 + month − 1 (as in ``model.period``)
value      int64   in 10^-scale of the unit: sums are exact
status     uint8   only where a value is withheld: 0 reported, 1 suppressed (its value is 0)
=========  ======  ==================================================================================

Rows are sorted by flow, commodity, partner, month, and no series has a month twice. Row groups end where a
*block* (flow × chapter) ends, so each block is read by itself. Code lists, unit, scale, months covered, the
totals and each block's digest stand as JSON in the file's metadata (:class:`Header`). The reader verifies
the order of every block it reads: two engines have been seen to write sorted files that were not.

>>> from tidewaiter.store.records import Records, write_frame  # doctest: +SKIP
"""

from tidewaiter.store.records.header import Block, Header, chapter_of
from tidewaiter.store.records.read import Columns, Records
from tidewaiter.store.records.release import records_path, write_release
from tidewaiter.store.records.write import RecordsWriter, write_frame

__all__ = [
    "Block",
    "Columns",
    "Header",
    "Records",
    "RecordsWriter",
    "chapter_of",
    "records_path",
    "write_frame",
    "write_release",
]
