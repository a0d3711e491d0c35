"""The tools that do the same work: cube, then statistics.

Each is written as a good user of that tool would, with whatever form was found fastest for it. They get the
friendliest start there is: codes and partners as small integers, rows in order, and no facts to find. What
they compute is aggregated in place (count and sum of each statistic), so none pays for keeping its answers.

The cube holds one row for each month that a series traded; a month without a row is a month without trade.
"""

TIDEWAITER = "tidewaiter"
MODULES = {
    TIDEWAITER: "tidewaiter_blocks",
    "duckdb": "duckdb_sql",
    "polars": "polars_frames",
    "pandas": "pandas_frames",
    "chdb": "chdb_sql",
}  # name → module here


def module_of(name: str) -> str:
    """The full name of a tool's module."""
    return f"{__name__}.{MODULES[name]}"
