"""Observations on their way out: SDMX-CSV with its structure, Parquet, Arrow. What is written loads again.

A release that was exported and loaded into another store has the same observations there: key, period,
statistic, value to the last digit, unit, decimals, status and the day each became known. Their place
names the line of the export and, beside it, the table and cell they once stood in.
"""

from tidewaiter.store.interchange.extract import Extract, extract
from tidewaiter.store.interchange.write import FORMATS, format_of, write, written

__all__ = ["FORMATS", "Extract", "extract", "format_of", "write", "written"]
