"""The Python interface, three lines to anything. What the command line can do, this does.

>>> import tidewaiter as tw
>>> store = tw.open("trade")                                                   # doctest: +SKIP
>>> store.get("TWN.exports.ict_av.W00", statistic="yoy", period="2025-08")     # doctest: +SKIP

:mod:`store`      a store: load, get, series, facts, audit, check
:mod:`figures`    figures as rows, Polars, Arrow or pandas
:mod:`names`      keys written with names: ``TWN.出口.資通與視聽產品.美國``
:mod:`ask`        periods and statistics as a user writes them
:mod:`loading`    from paths to files read, all faults together
:mod:`find`       search
:mod:`cards`      definition cards
:mod:`history`    releases by name, vintages of a figure
:mod:`revisions`  every value of a series, first against latest
:mod:`changes`    differences of two releases
:mod:`flips`      statements of one release held against another
:mod:`carried`    series across editions of the HS
"""

from tidewaiter.api.figures import Figures
from tidewaiter.api.store import Store, check, open_store
from tidewaiter.store.load import Loaded

__all__ = ["Figures", "Loaded", "Store", "check", "open_store"]
