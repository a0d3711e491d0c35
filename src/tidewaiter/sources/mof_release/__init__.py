"""The monthly customs release of Taiwan's Ministry of Finance: sixteen tables, one workbook each.

Layout: a title (``表8、我國對主要國家/地區出口金額及年增率``), a unit line (``單位：百萬美元；％``), header
rows with merged cells, ten years, thirteen months with the cumulative row between the years, then
differences, then footnotes. Everything is read from these texts, nothing from a position or a file name.

:mod:`words`     the vocabulary of headers: statistics, units, currencies
:mod:`titles`    a title → what the table is divided by, its flow
:mod:`rows`      row labels → periods
:mod:`layout`    titles, unit lines, header, period column, data on a sheet
:mod:`columns`   a column's header → series, statistic, unit
:mod:`decimals`  full double or rounded
:mod:`cells`     header × label → observations
:mod:`source`    sniff and read
"""

from tidewaiter.sources.mof_release.source import MofRelease

SOURCE = MofRelease()

__all__ = ["SOURCE", "MofRelease"]
