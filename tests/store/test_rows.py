"""Rows in codes: sorted, verified, and every answer the one a table of texts would give."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from tidewaiter.errors import FaultsError, StoreError
from tidewaiter.model.key import Key
from tidewaiter.sources.mapping.source import MappedSource
from tidewaiter.sources.mapping.spec import parse
from tidewaiter.sources.protocol import Blob
from tidewaiter.sources.table import ORDER, SCHEMA
from tidewaiter.store import Store, prepare
from tidewaiter.store.load import Incoming
from tidewaiter.store.rows import Rows, write_rows

_YAML = """
dataset: made
period: {column: when, format: month}
flow: {column: way, words: {X: exports, M: imports}}
reporter: {constant: NZL}
partner: {column: to, codes: [iso3]}
commodity: {column: what, scheme: HS, digits: [4]}
place: [what]
values:
  - {column: usd, unit: 1e3 USD, decimals: 1}
  - {column: qty, unit_column: uom, units: {K: kg, N: number}, measure: "*"}
  - {column: re, unit: USD, measure: again}
preliminary: {column: mark, words: [p]}
"""
_DAY = date(2024, 5, 9)
_PARTNERS = ("AUS", "USA", "DEU", "CHN")


@pytest.fixture(scope="module")
def reading():
    """A thousand rows in no order, some cells empty."""
    draw = np.random.default_rng(5)
    keys = draw.permutation(2 * 25 * 4 * 12)[:1000]
    lines = ["when,way,what,to,usd,qty,uom,re,mark"]
    for key in keys.tolist():
        month, rest = key % 12, key // 12
        partner, rest = rest % 4, rest // 4
        usd = "" if key % 7 == 0 else f"{key / 10}"
        lines.append(
            f"2024{month + 1:02},{'XM'[rest % 2]},{rest // 2 + 101:04},{_PARTNERS[partner]},{usd},"
            f"{key % 5 or ''},{'KN'[key % 2]},{key if key % 3 == 0 else ''},{'p' if month == 11 else ''}"
        )
    blob = Blob("made.csv", "\n".join(lines).encode())
    (read,) = MappedSource("made", parse(_YAML)).read(blob)
    return blob, read


def _sorted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sort([*ORDER, "cell"])


def test_rows_read_back_as_they_were_read_from_the_file(reading, tmp_path):
    _, read = reading
    write_rows(tmp_path / "rows.parquet", read.table, _DAY)
    rows = Rows(tmp_path / "rows.parquet")
    whole = rows.lazy().collect()
    assert dict(whole.schema) == SCHEMA
    expected = read.table.frame.with_columns(known_at=pl.lit(_DAY))
    assert _sorted(whole).equals(_sorted(expected))


def test_filters_and_columns_of_the_lazy_table_are_those_of_the_table(reading, tmp_path):
    _, read = reading
    write_rows(tmp_path / "rows.parquet", read.table, _DAY)
    lazy, frame = Rows(tmp_path / "rows.parquet").lazy(), read.table.frame
    fits = (pl.col("partner") == "USA") & (pl.col("measure") == "again")
    picked = ["commodity", "first", "value"]
    found = lazy.filter(fits).select(picked).collect().sort(picked)
    assert found.height
    assert found.equals(frame.filter(fits).select(picked).sort(picked))
    assert lazy.select(pl.len()).collect().item() == frame.height
    assert lazy.head(3).collect().height == 3


def test_a_flow_of_its_own_beside_two_flows_is_held_against_itself(reading, tmp_path, monkeypatch):
    blob, _ = reading
    text = _YAML.replace("measure: again", "flow: re_exports, measure: again")
    (read,) = MappedSource("made", parse(text)).read(blob)
    monkeypatch.setattr(prepare, "_MANY", 10)
    assert not read.table.is_single
    with pytest.raises(FaultsError, match="one number two values"):
        Store(tmp_path / "s").put([Incoming(blob.name, blob.data, [read])], published=_DAY)


def test_order_is_verified(reading, tmp_path):
    _, read = reading
    path = tmp_path / "rows.parquet"
    write_rows(path, read.table, _DAY)
    told = pl.read_parquet_metadata(path)["tidewaiter-rows"]
    pl.read_parquet(path).reverse().write_parquet(path, metadata={"tidewaiter-rows": told})
    with pytest.raises(StoreError, match="is not after the row before it"):
        Rows(path).verify()
    pl.read_parquet(path).head(5).write_parquet(path, metadata={"tidewaiter-rows": told})
    with pytest.raises(StoreError, match="were read of"):
        Rows(path).verify()


def test_a_file_of_something_else_is_told(tmp_path):
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "rows.parquet")
    with pytest.raises(StoreError, match="do not read"):
        _ = Rows(tmp_path / "rows.parquet").told


def test_a_store_answers_alike_whichever_way_a_release_is_kept(reading, tmp_path, monkeypatch):
    blob, read = reading
    plain, coded = Store(tmp_path / "plain"), Store(tmp_path / "coded")
    (one,) = plain.put([Incoming(blob.name, blob.data, [read])], published=_DAY)
    monkeypatch.setattr(prepare, "_MANY", 10)
    (other,) = coded.put([Incoming(blob.name, blob.data, [read])], published=_DAY)
    assert list((tmp_path / "coded" / "releases").glob("*/rows-1.parquet"))
    assert one.release == other.release
    assert set(plain.observations(one.release)) == set(coded.observations(other.release))
    assert plain.keys(one.release) == coded.keys(other.release)
    assert plain.labels(one.release) == coded.labels(other.release)
    assert plain.days(one.release) == coded.days(other.release) == {_DAY}
    assert coded.observations(other.release, as_of=date(2024, 1, 1)) == []
    assert coded.table(other.release).equals(plain.table(one.release))
    for key in sorted(plain.keys(one.release))[::40]:
        assert plain.observations(one.release, key=key) == coded.observations(other.release, key=key)
        pattern = key.but(partner="*")
        assert plain.keys(one.release, pattern) == coded.keys(other.release, pattern)
    assert coded.observations(other.release, key=Key("NZL", "exports", "HS9999")) == []
