"""``tidewaiter export``, and cells that a spreadsheet would run."""

import csv
import io

import pytest

from tidewaiter import official
from tidewaiter.cli.output import write_csv


@pytest.fixture
def store(tidewaiter, tmp_path):
    folder = tmp_path / "store"
    tidewaiter("load", official.folder() / "customs-hs847150", "--store", folder)
    return folder


def test_a_release_goes_out_and_loads_elsewhere_as_it_was(tidewaiter, store, tmp_path):
    out, structure = tmp_path / "out.csv", tmp_path / "out.xml"
    answer = tidewaiter("export", "customs-query", "--to", out, "--structure", structure, "--store", store)
    assert answer.code == 0
    assert answer.out.split() == [str(out), str(structure)]
    assert "30 observations of customs-query@2026-06" in answer.err
    other = tmp_path / "other"
    (done,) = tidewaiter("load", out, "--store", other, "--format", "json").json
    assert (done["release"], done["observations"], done["rows"]) == ("customs-query@2026-06", 30, 30)
    key = ("get", "TWN.exports.HS847150", "--period", "2026-06", "--format", "json", "--store")
    mine, theirs = (tidewaiter(*key, folder).json[0] for folder in (store, other))
    assert {**theirs, "origin": 0} == {**mine, "origin": 0}
    assert theirs["value"] == 9731761
    assert theirs["origin"][0]["file"] == "out.csv"


def test_a_series_goes_to_stdout_as_sdmx_csv(tidewaiter, store):
    answer = tidewaiter("export", "TWN.出口.847150", "--store", store)
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert len(rows) == 30
    assert {row["COMMODITY"] for row in rows} == {"HS847150"}


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (("TWN.imports.HS847150",), 1, "no observation of TWN.imports.HS847150.W00"),
        (("nothing@2020",), 1, "no release is called"),
        (("customs-query", "--to", "out.xls"), 2, "does not tell the format"),
        (("customs-query", "--format", "xls"), 2, ""),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_exit_code(tidewaiter, store, argv, code, told):
    answer = tidewaiter("export", *argv, "--store", store)
    assert answer.code == code
    assert told in answer.err
    assert not answer.out


def test_text_cells_of_every_csv_are_guarded_and_numbers_stay_numbers(capsys):
    write_csv([{"a": "=1+1", "b": -3.4, "c": "-3.4", "d": "@x", "e": "ok"}], ["a", "b", "c", "d", "e"])
    assert capsys.readouterr().out == "a,b,c,d,e\n'=1+1,-3.4,-3.4,'@x,ok\n"
