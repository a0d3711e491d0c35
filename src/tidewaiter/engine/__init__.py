"""The engine: from a store's observations to figures.

:mod:`edition`  one release, indexed: its levels and the derived cells it prints
:mod:`routes`   how a level that is not printed follows from what is
:mod:`book`     every figure of a store as of a day, with its evidence
:mod:`audit`    the derived cells of a release, recomputed
:mod:`facts`    what is worth telling about a month
"""

from tidewaiter.engine.book import Book

__all__ = ["Book"]
