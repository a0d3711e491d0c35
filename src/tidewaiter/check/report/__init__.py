"""Reports of a check: one JSON object a claim, a page with the text as it was, rows for a table."""

from tidewaiter.check.report.html import as_html
from tidewaiter.check.report.rows import as_rows
from tidewaiter.check.report.words import SIGNS, label

__all__ = ["SIGNS", "as_html", "as_rows", "label"]
