"""Facts worth telling: what an editor would lead with, out of every series of a month.

A cheap pass over plain numbers *proposes* (:mod:`.past`, :mod:`.places`, :mod:`.runs`, :mod:`.passing`,
:mod:`.wholes`), the book *bears out* (:mod:`.confirm`), near-duplicates are *merged* (:mod:`.merge`). The
weight of a fact is kind × rarity × size × reach × surprise (``weights.yml``), and each fact tells why.
"""

from tidewaiter.engine.facts.fact import Fact
from tidewaiter.engine.facts.month_book import book_of
from tidewaiter.engine.facts.rank import facts

__all__ = ["Fact", "book_of", "facts"]
