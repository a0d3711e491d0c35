"""How far the reading of a large file is, is told while it is read."""

from tidewaiter.api.loading import read_files
from tidewaiter.sources import watching
from tidewaiter.sources.watching import stream_of, tell_rows, watched


def _records(rows: int) -> str:
    lines = [f"{2000 + n % 20},{n % 12 + 1},{10000000 + n},1.5" for n in range(rows)]
    return "\n".join(["year,month,code,usd", *lines]) + "\n"


_MAPPING = """dataset: made
period: {column: [year, month], format: month}
flow: {constant: exports}
reporter: {constant: CHE}
commodity: {column: code, scheme: X}
values: [{column: usd, unit: USD}]
"""


def test_rows_are_told_while_a_large_text_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "_FROM", 1000)
    file, mapping = tmp_path / "made.csv", tmp_path / "made.yml"
    file.write_text(_records(5000), encoding="utf-8")
    mapping.write_text(_MAPPING, encoding="utf-8")
    told = []
    read = read_files([file], told.append, mapping=mapping)
    assert read.incoming[0].readings[0].table.height == 5000
    about = [text for text in told if " of 5,000 rows read" in text]
    assert about
    assert about[-1] == "made.csv: about 5,000 of 5,000 rows read"
    assert told[-1] == "made.csv: 5,000 rows read"


def test_rows_read_one_by_one_are_told_too(tmp_path, monkeypatch):
    monkeypatch.setattr("tidewaiter.sources.delimited.EVERY", 100)
    rows = "".join(f"{1900 + n // 12},{n % 12 + 1},100,90,a\n" for n in range(250))
    file = tmp_path / "totals.csv"
    file.write_text("year,month,export_usd_mn,import_usd_mn,basis\n" + rows, encoding="utf-8")
    told = []
    read_files([file], told.append)
    assert [text for text in told if "rows read" in text] == [
        "totals.csv: 100 rows read",
        "totals.csv: 200 rows read",
    ]


def test_nothing_is_counted_where_nobody_watches():
    assert stream_of("file.csv", memoryview(b"a\n" * (watching._FROM))) is None
    tell_rows("file.csv", 1)


def test_a_listener_hears_only_what_is_read_in_its_block():
    told = []
    with watched(told.append):
        tell_rows("file.csv", 1000)
    tell_rows("file.csv", 2000)
    assert told == ["file.csv: 1,000 rows read"]
