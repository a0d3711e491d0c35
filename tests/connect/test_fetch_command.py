"""``tidewaiter fetch``: what goes to stdout, what is told, exit codes, and that nothing half is loaded."""

import json

import pytest
from connect_server import Reply, as_csv, as_json
from connect_shapes import CENSUS, CHALLENGE, CUSTOMS, comtrade

from tidewaiter.connect import clock as clocks


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch, clock):
    monkeypatch.setattr(clocks.SystemClock, "now", lambda _self: clock.now())
    monkeypatch.setattr(clocks.SystemClock, "sleep", lambda _self, seconds: clock.sleep(seconds))


@pytest.fixture
def fetch(tidewaiter, server, tmp_path):
    def call(*argv):
        base = ("--base", server.base) if argv[0] != "url" else ()
        return tidewaiter(
            "fetch", *argv, *base, "--allow-private", "--store", tmp_path / "s", "--format", "json"
        )

    return call


def test_a_plan_asks_nothing(tidewaiter, server):
    answer = tidewaiter(
        "fetch", "comtrade", "--reporter", "TWN", "--flow", "exports", "--commodity", "847150",
        "--period", "2024..2025", "--base", server.base, "--plan", "--format", "json",
    )  # fmt: skip
    assert answer.code == 0
    assert [row["address"].split("period=")[1][:4] for row in answer.json] == ["2024", "2025"]
    assert not server.asked


def test_fetching_archives_and_loading_puts_into_the_store(fetch, tidewaiter, server, tmp_path):
    server.answer = lambda asked: as_json(comtrade(asked.params))
    wanted = (
        "comtrade",
        "--reporter",
        "TWN",
        "--flow",
        "exports",
        "--commodity",
        "847150",
        "--period",
        "2024",
    )
    first = fetch(*wanted)
    assert first.code == 0
    assert (first.json[0]["outcome"], first.json[0]["rows"], first.json[0]["releases"]) == ("data", 4, [])
    assert "--load puts it into the store" in first.err
    second = fetch(*wanted, "--load")
    assert "0 calls, 1 answers from the archive" in second.err
    assert second.json[0]["releases"] == ["comtrade@2024"]
    (release,) = tidewaiter("list", "--store", tmp_path / "s", "--format", "json").json
    assert release["published"] == "2026-11-23"
    again = fetch(*wanted, "--load")
    assert "was there already" in again.err


def test_the_user_may_tell_the_day(fetch, tidewaiter, server, tmp_path):
    server.answer = lambda asked: as_json(comtrade(asked.params))
    fetch("comtrade", "--reporter", "TWN", "--period", "2024", "--load", "--published", "2026-10-01")
    (release,) = tidewaiter("list", "--store", tmp_path / "s", "--format", "json").json
    assert release["published"] == "2026-10-01"


def test_nothing_to_fetch_is_a_statement_and_no_error(fetch, server, monkeypatch):
    monkeypatch.setenv("TIDEWAITER_CENSUS_KEY", "k-0123456789")
    server.answer = lambda _asked: Reply(204)
    answer = fetch("census", "--flow", "imports", "--commodity", "847150", "--period", "2026-10", "--load")
    assert answer.code == 0
    assert (answer.json[0]["outcome"], answer.json[0]["status"]) == ("nothing", 204)
    assert "no rows for this question" in answer.err


def test_a_source_that_is_unavailable_ends_with_3_and_loads_nothing(fetch, tidewaiter, server, tmp_path):
    server.answer = lambda asked: (
        as_json(comtrade(asked.params)) if asked.params["period"] == "2023" else Reply(503)
    )
    answer = fetch("comtrade", "--reporter", "TWN", "--period", "2023..2024", "--load")
    assert answer.code == 3
    assert "HTTP 503" in answer.err
    assert "The source is unavailable" in answer.err
    assert answer.out == ""
    assert tidewaiter("list", "--store", tmp_path / "s", "--format", "json").json == []


def test_a_wall_is_told_with_the_next_step(fetch, server):
    server.answer = lambda _asked: Reply(403, CHALLENGE.encode())
    answer = fetch("comexstat", "--commodity", "12019000", "--period", "2024")
    assert answer.code == 3
    assert "tidewaiter load FILE" in answer.err


def test_a_private_address_is_refused_without_the_flag(tidewaiter, server, tmp_path):
    answer = tidewaiter("fetch", "url", f"{server.base}/a.csv", "--store", tmp_path / "s")
    assert answer.code == 3
    assert "--allow-private" in answer.err
    assert not server.asked


def test_any_address_is_read_by_what_it_holds(fetch, server):
    server.answer = lambda _asked: as_csv(CUSTOMS)
    answer = fetch("url", f"{server.base}/open/data.csv", "--load")
    assert answer.json[0]["releases"] == ["customs-totals@2026-06"]


def test_a_key_of_an_address_is_sent_and_not_shown(fetch, server, monkeypatch, tmp_path):
    monkeypatch.setenv("TIDEWAITER_ADDRESS_KEY", "s3cret-0123456789")
    server.answer = lambda _asked: as_csv(CUSTOMS)
    answer = fetch("url", f"{server.base}/a.csv?x=1", "--key-param", "token")
    assert server.asked[0].params == {"x": "1", "token": "s3cret-0123456789"}
    assert "s3cret-0123456789" not in answer.out + answer.err
    assert not [path for path in (tmp_path / "s").rglob("*.json") if "s3cret-0123456789" in path.read_text()]


def test_usage_errors_end_with_2(fetch, server):
    for argv in (
        ("comtrade", "--reporter", "TWN", "--period", "soon"),
        ("comtrade", "--reporter", "TWN", "--flow", "sideways", "--period", "2024"),
        ("census", "--commodity", "847150", "--period", "2024-01"),
        ("comext", "--commodity", "123", "--period", "2024"),
        ("taiwan", "no-such-thing"),
        ("url", "ftp://data.example/a.csv"),
    ):
        assert fetch(*argv).code == 2, argv
    assert not server.asked


def test_what_was_asked_and_sent_is_in_the_rows(fetch, server, monkeypatch):
    monkeypatch.setenv("TIDEWAITER_CENSUS_KEY", "k3y-0123456789")
    server.answer = lambda _asked: as_json(CENSUS)
    answer = fetch(
        "census",
        "--flow",
        "imports",
        "--commodity",
        "847150",
        "--partner",
        "TWN",
        "--period",
        "2024-01..2024-03",
        "--load",
    )
    (row,) = answer.json
    assert row["address"].startswith(f"{server.base}/data/timeseries/intltrade/imports/hs?get=")
    assert "k3y" not in answer.out + answer.err
    assert "no rows came for 2024-03" in answer.err
    assert json.loads(answer.out)[0]["sha256"]
