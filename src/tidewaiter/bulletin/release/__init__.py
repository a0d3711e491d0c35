"""The monthly customs release, written from figures alone.

:mod:`known`    which releases a month is told from
:mod:`desk`     what every part needs at hand
:mod:`clauses`  clauses about one series
:mod:`totals`, :mod:`parts`, :mod:`peers`, :mod:`summary`  the seven parts
:mod:`tables`, :mod:`charts`, :mod:`notes`                  the rest
:mod:`write`    all of it
"""

from tidewaiter.bulletin.release.known import release_book
from tidewaiter.bulletin.release.write import write_release

__all__ = ["release_book", "write_release"]
