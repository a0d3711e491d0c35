"""Politeness and memory: waiting, asking again, quotas, what was archived is not asked again."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from connect_server import Reply, as_json
from connect_shapes import CENSUS, comtrade

from tidewaiter.connect.archive import Archive
from tidewaiter.connect.call import Answer, Call
from tidewaiter.connect.census import Census
from tidewaiter.connect.comtrade import Comtrade
from tidewaiter.connect.judge import Outcome
from tidewaiter.connect.query import make
from tidewaiter.connect.run import fetch
from tidewaiter.connect.work import get
from tidewaiter.errors import StoreError, UnavailableError, UsageError

QUERY = make(reporters=["TWN"], flows=["exports"], commodities=["847150"], period="2023..2024")
SECRET = "0123456789abcdef"


@pytest.fixture
def comtrade_server(server):
    server.answer = lambda asked: as_json(comtrade(asked.params))
    return server


def _records(settings, folder="fetched"):
    home = settings.store / folder
    return [json.loads(path.read_text()) for path in sorted(home.glob("*/*/*.json"))]


def test_calls_are_spaced_as_the_api_asks(comtrade_server, settings, clock):
    get(Comtrade(base=comtrade_server.base), QUERY, settings)
    assert clock.slept == [6.0]


def test_spacing_counts_calls_of_earlier_runs(comtrade_server, settings, clock):
    connector = Comtrade(base=comtrade_server.base)
    get(connector, make(reporters=["TWN"], period="2020"), settings)
    clock.sleep(2.0)
    get(connector, make(reporters=["TWN"], period="2021"), settings)
    assert clock.slept == [2.0, 4.0]


def test_a_wait_that_the_source_names_is_kept(comtrade_server, settings, clock):
    comtrade_server.script = [
        as_json({"message": "slow down"}, 429, **{"Retry-After": "77"}),
        as_json({}, 503, **{"Retry-After": "Mon, 23 Nov 2026 08:05:00 GMT"}),
    ]
    done = get(Comtrade(base=comtrade_server.base), QUERY, settings)
    assert [one.record.outcome for one in done.obtained] == ["data", "data"]
    assert clock.slept[:2] == [77.0, 223.0]  # to 08:05:00, 77 seconds of it had gone


def test_waits_grow_and_have_chance_in_them(comtrade_server, settings, clock):
    comtrade_server.script = [Reply(500)] * 4
    session = settings.session(Comtrade(base=comtrade_server.base))
    session.chance = iter([0.0, 1.0, 0.5, 1.0]).__next__
    waits: list[str] = []
    session.tell = waits.append
    fetch(Comtrade(base=comtrade_server.base), QUERY, session)
    assert [line for line in waits if "waiting" in line] == [
        f"TWN X 847150 2023: server; waiting {seconds} s" for seconds in (1, 4, 6, 16)
    ]


def test_patience_ends_with_the_last_error_and_the_number_of_attempts(server, settings):
    server.answer = lambda _asked: Reply(502)
    with pytest.raises(UnavailableError, match=r"HTTP 502 \(after 5 attempts\)") as caught:
        get(Comtrade(base=server.base), QUERY, settings)
    assert caught.value.exit_code == 3
    assert len(server.asked) == 5
    assert not list((settings.store / "fetched").glob("comtrade*"))


def test_what_cannot_help_is_not_tried_again(server, settings, clock):
    server.answer = lambda _asked: as_json({"message": "no such code"}, 400)
    with pytest.raises(UnavailableError, match="no such code"):
        get(Comtrade(base=server.base), QUERY, settings)
    assert len(server.asked) == 1
    assert clock.slept == []


def test_a_wait_longer_than_patience_is_told_and_not_waited(server, settings, clock):
    server.answer = lambda _asked: as_json({}, 429, **{"Retry-After": "7200"})
    with pytest.raises(UnavailableError) as caught:
        get(Comtrade(base=server.base), QUERY, settings)
    assert "120 minutes" in caught.value.hint
    assert clock.slept == []


def test_failures_are_archived_apart_with_their_bytes(server, settings):
    server.answer = lambda asked: as_json(comtrade(asked.params))
    server.script = [Reply(500, b"broken"), Reply(200, b'{"data": [', cut=4)]
    get(Comtrade(base=server.base), QUERY, settings)
    failed = _records(settings, "fetched/failed")
    assert [one["outcome"] for one in failed] == ["failed", "failed"]
    assert {one["reason"].split(":")[0] for one in failed} == {"server", "cut"}
    kept = [path for path in (settings.store / "fetched/failed/raw").glob("*/*") if path.read_bytes()]
    assert [path.read_bytes() for path in kept] == [b"broken"]


class _ThreeADay(Comtrade):
    """A service that takes three calls a day, one period each."""

    @property
    def api(self):
        return replace(super().api, per_day=3, periods=1)


def test_the_calls_of_a_day_are_counted_and_the_next_day_goes_on(
    comtrade_server, settings, clock, monkeypatch
):
    monkeypatch.setenv("TIDEWAITER_COMTRADE_KEY", SECRET)
    connector = _ThreeADay(keyed=True, base=comtrade_server.base)
    years = make(reporters=["TWN"], period="2019..2024")
    with pytest.raises(UnavailableError, match="3 calls were made in 24 hours") as caught:
        get(connector, years, settings)
    assert caught.value.kind == "quota"
    assert "2026-11-24 08:00 UTC" in caught.value.hint
    clock.day += timedelta(days=1)
    with pytest.raises(UnavailableError, match="takes 3"):
        get(connector, make(reporters=["TWN"], period="2010..2018"), settings)
    assert len(comtrade_server.asked) == 6


def test_a_fetch_that_was_stopped_goes_on_where_it_was(comtrade_server, settings):
    connector = Comtrade(base=comtrade_server.base)
    years = make(reporters=["TWN"], flows=["exports"], period="2021..2024")
    answer = comtrade_server.answer
    comtrade_server.answer = lambda asked: answer(asked) if len(comtrade_server.asked) < 3 else Reply(400)
    with pytest.raises(UnavailableError):
        get(connector, years, settings)
    comtrade_server.answer = answer
    done = get(connector, years, settings)
    assert [asked.params["period"] for asked in comtrade_server.asked] == [
        "2021",
        "2022",
        "2023",
        "2023",
        "2024",
    ]
    assert done.asked == 2
    assert [str(one.part.span) for one in done.obtained] == ["2021", "2022", "2023", "2024"]


def test_an_answer_is_asked_again_when_it_is_old_or_the_user_wants(comtrade_server, settings, clock):
    connector = Comtrade(base=comtrade_server.base)
    assert get(connector, QUERY, settings).asked == 2
    assert get(connector, QUERY, settings).asked == 0
    assert get(connector, QUERY, replace(settings, fresh=True)).asked == 2
    clock.day += timedelta(days=2)
    assert get(connector, QUERY, settings).asked == 2


def test_an_answer_of_no_rows_is_asked_again_after_an_hour(server, settings, clock):
    server.answer = lambda asked: as_json(comtrade(asked.params, cut=0))
    connector = Comtrade(base=server.base)
    one = make(reporters=["TWN"], period="2024")
    assert [get(connector, one, settings).asked for _ in range(2)] == [1, 0]
    clock.day += timedelta(hours=2)
    assert get(connector, one, settings).asked == 1


def test_bytes_that_were_changed_are_asked_again_and_never_given_out(comtrade_server, settings):
    connector = Comtrade(base=comtrade_server.base)
    first = get(connector, QUERY, settings).obtained[0].record
    home = settings.store / "fetched" / "raw" / first.sha256[:2] / first.sha256
    home.write_bytes(b"{}")
    with pytest.raises(StoreError, match="were changed"):
        Archive(settings.store).data(first)
    assert get(connector, QUERY, settings).asked == 1
    assert Archive(settings.store).data(first) != b"{}"


def test_a_record_that_does_not_read_is_as_if_nothing_had_been_asked(comtrade_server, settings):
    connector = Comtrade(base=comtrade_server.base)
    get(connector, QUERY, settings)
    for path in (settings.store / "fetched" / "comtrade-preview").glob("*/*.json"):
        path.write_text(path.read_text()[:-9])
    assert get(connector, QUERY, settings).asked == 2


def test_nothing_half_written_is_left_when_the_disk_refuses(settings, clock, monkeypatch):
    archive = Archive(settings.store)
    call = Call("census", "https://data.example/x", label="x")

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tidewaiter.connect.archive.os.fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        archive.keep(call, Answer(200, body=b"abc"), Outcome("data"), clock.now(), 1)
    assert [path for path in settings.store.rglob("*") if path.is_file()] == []
    assert archive.find(call, clock.now() - timedelta(days=1)) is None


def test_a_record_says_what_was_asked_and_what_came(comtrade_server, settings):
    get(Comtrade(base=comtrade_server.base), QUERY, settings)
    record = min(_records(settings), key=lambda one: one["fetched_at"])
    assert record["address"].startswith(f"{comtrade_server.base}/public/v1/preview/C/A/HS?reporterCode=490&")
    assert record["fetched_at"] == "2026-11-23T08:00:00+00:00"
    assert record["headers"]["content-type"] == "application/json"
    assert (record["status"], record["rows"], record["attempt"]) == (200, 4, 1)


def test_a_key_is_nowhere_in_the_archive_nor_in_errors(server, settings, monkeypatch):
    monkeypatch.setenv("TIDEWAITER_CENSUS_KEY", SECRET)
    query = make(commodities=["847150"], flows=["imports"], period="2024-01..2024-02")
    server.script = [
        Reply(500, f"cannot read key={SECRET}".encode()),
        Reply(302, headers={"Location": f"/elsewhere?key={SECRET}"}),
        as_json(CENSUS, ETag=SECRET),
        Reply(400, f"error: key {SECRET} may not ask this".encode()),
    ]
    get(Census(base=server.base), query, settings)
    with pytest.raises(UnavailableError) as caught:
        get(Census(base=server.base), query, replace(settings, fresh=True))
    assert all(asked.params["key"] == SECRET for asked in server.asked)
    assert SECRET not in f"{caught.value} {caught.value.detail} {caught.value.hint} {caught.value.where}"
    kept = [path for path in settings.store.rglob("*") if path.is_file()]
    assert len(kept) == 6
    assert not [path for path in kept if SECRET in path.read_text()]


def test_a_key_that_is_needed_and_missing_is_told_before_anything_is_asked(server, settings):
    with pytest.raises(UsageError, match="nothing without a key") as caught:
        get(Census(base=server.base), make(commodities=["847150"], period="2024-01"), settings)
    assert "TIDEWAITER_CENSUS_KEY" in caught.value.hint
    assert not server.asked


def test_a_key_that_can_be_none_is_refused_without_being_shown(server, settings, monkeypatch):
    for key in ("s3cret", "with a blank in it"):
        monkeypatch.setenv("TIDEWAITER_CENSUS_KEY", key)
        with pytest.raises(UsageError, match=r"the key in TIDEWAITER_CENSUS_KEY") as caught:
            get(Census(base=server.base), make(commodities=["847150"], period="2024-01"), settings)
        assert key not in str(caught.value)


def test_a_key_may_stand_in_a_file(server, settings, monkeypatch, tmp_path):
    from pathlib import Path  # noqa: PLC0415

    file = Path(tmp_path / "my-keys.yml")
    file.write_text(f"census: {SECRET}\n", encoding="utf-8")
    monkeypatch.setenv("TIDEWAITER_KEYS", str(file))
    server.script = [as_json(CENSUS)]
    get(Census(base=server.base), make(commodities=["847150"], flows=["imports"], period="2024-01"), settings)
    assert server.asked[0].params["key"] == SECRET
    assert SECRET not in repr(settings.session(Census(base=server.base)))
