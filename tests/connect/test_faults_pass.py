"""For any faults within the patience, what is loaded is what is loaded without them."""

from datetime import timedelta

import pytest
from connect_server import Clock, Reply, Server, as_json, gzipped
from connect_shapes import CENSUS, CHALLENGE, KEY_PAGE, LEGACY_MESSAGE, LOGIN, comtrade
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.connect.archive import Archive
from tidewaiter.connect.census import Census
from tidewaiter.connect.comtrade import Comtrade
from tidewaiter.connect.http import Bounds
from tidewaiter.connect.query import make
from tidewaiter.connect.retry import Patience
from tidewaiter.connect.work import Settings, get, read
from tidewaiter.errors import UnavailableError
from tidewaiter.store import Store

GOOD = as_json(comtrade({"period": "2023", "reporterCode": "490", "flowCode": "X", "cmdCode": "847150"}))
PASSING = {
    "429": Reply(429, b"{}"),
    "429 with seconds": Reply(429, b"{}", {"Retry-After": "30"}),
    "429 with a date": Reply(429, b"", {"Retry-After": "Mon, 23 Nov 2026 08:09:00 GMT"}),
    "403 with seconds": Reply(403, b"quota", {"Retry-After": "9"}),
    "500": Reply(500, b"<html><title>Server Error</title></html>"),
    "502": Reply(502, b"bad gateway"),
    "503": Reply(503, b"", {"Retry-After": "soon"}),
    "cut": Reply(200, GOOD.body, GOOD.headers, cut=40),
    "cut without a length": Reply(200, GOOD.body[:40], GOOD.headers, bare=True),
    "empty": Reply(200, b""),
    "half a gzip": gzipped(GOOD, cut=60),
    "no gzip": Reply(200, GOOD.body, {"Content-Encoding": "gzip"}),
    "a message as JSON": as_json({"statusCode": 429, "message": "Rate limit is exceeded. Try again."}),
    "a message as text": Reply(200, b"Service unavailable", {"Content-Type": "text/csv"}),
}
LASTING = {
    "401": Reply(401, b'{"message": "missing subscription key"}'),
    "404": Reply(404, b"not found"),
    "challenge": Reply(200, CHALLENGE.encode()),
    "login": Reply(200, LOGIN.encode()),
    "page about the key": Reply(200, KEY_PAGE.encode()),
    "image": Reply(200, b"\x89PNG\0", {"Content-Type": "image/png"}),
    "too large": Reply(200, b"[" + b" " * 400_000 + b"]"),
    "coding nobody asked for": Reply(200, b"x", {"Content-Encoding": "br"}),
}
QUERY = make(reporters=["TWN"], flows=["exports"], commodities=["847150"], period="2022..2024")


def _settings(folder, clock=None) -> Settings:
    return Settings(
        folder,
        allow_private=True,
        clock=clock or Clock(),
        patience=Patience(attempts=5),
        bounds=Bounds(size=300_000),
    )


def _fetch_and_load(server, folder):
    connector = Comtrade(base=server.base)
    how = _settings(folder)
    answers = read(connector, get(connector, QUERY, how), how)
    (done,) = Store(folder).put(answers.incoming)
    table = Store(folder).scan(done.release).collect().drop("known_at")
    return table, [file.sha256 for file in done.release.files], done.release.findings


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    server = Server()
    server.answer = lambda asked: as_json(comtrade(asked.params))
    yield server, tmp_path_factory.mktemp("faults")
    server.close()


@given(faults=st.lists(st.lists(st.sampled_from(sorted(PASSING)), max_size=4), min_size=3, max_size=3))
@settings(max_examples=15, deadline=None)
def test_faults_within_the_patience_change_nothing(place, faults):
    server, folder = place
    if not hasattr(server, "clean"):
        server.clean = _fetch_and_load(server, folder / "clean")
        server.count = 0
    server.count += 1
    years = iter(faults)
    # each question meets its faults, then its answer
    server.script = [
        reply
        for year, row in zip(("2022", "2023", "2024"), years, strict=True)
        for reply in (
            *(PASSING[name] for name in row),
            as_json(comtrade({"period": year, "reporterCode": "490", "flowCode": "X", "cmdCode": "847150"})),
        )
    ]
    table, hashes, findings = _fetch_and_load(server, folder / str(server.count))
    clean_table, clean_hashes, clean_findings = server.clean
    assert table.equals(clean_table)
    assert hashes == clean_hashes
    assert findings == clean_findings


@pytest.mark.parametrize("name", sorted(PASSING))
def test_each_fault_that_may_pass_is_an_error_when_it_does_not(server, settings_small, name):
    server.answer = lambda _asked: PASSING[name]
    _refused(server, settings_small, retriable=True, calls=5)


@pytest.mark.parametrize("name", sorted(LASTING))
def test_each_fault_that_lasts_is_an_error_at_once(server, settings_small, name):
    server.answer = lambda _asked: LASTING[name]
    _refused(server, settings_small, retriable=False, calls=1)


@pytest.fixture
def settings_small(tmp_path, clock):
    return _settings(tmp_path / "store", clock)


def _refused(server, how, *, retriable, calls):
    connector = Comtrade(base=server.base)
    query = make(reporters=["TWN"], flows=["exports"], commodities=["847150"], period="2023")
    with pytest.raises(UnavailableError) as caught:
        get(connector, query, how)
    assert caught.value.exit_code == 3
    assert caught.value.retriable is retriable
    assert caught.value.where
    assert len(server.asked) == calls
    archive = Archive(how.store)
    part = connector.plan(query)[0]
    assert archive.find(connector.call(part), how.clock.now() - timedelta(days=9)) is None
    assert len(list((how.store / "fetched" / "failed").glob("*/*/*.json"))) == calls
    assert not list(how.store.rglob("*.part"))
    assert not (how.store / "releases").exists()


def test_a_legacy_message_is_an_error_for_any_address(server, settings_small):
    from tidewaiter.connect.address_of import AnyAddress  # noqa: PLC0415
    from tidewaiter.connect.query import Query  # noqa: PLC0415

    server.answer = lambda _asked: Reply(200, LEGACY_MESSAGE.encode(), {"Content-Type": "text/csv"})
    with pytest.raises(UnavailableError, match="Result too large"):
        get(AnyAddress(), Query(address=f"{server.base}/exports.csv"), settings_small)


def test_a_redirect_to_a_login_page_is_told(server, settings_small):
    server.script = [Reply(302, headers={"Location": "/login"}), Reply(200, LOGIN.encode())]
    with pytest.raises(UnavailableError, match=r"log in answered .*/login") as caught:
        get(Comtrade(base=server.base), QUERY, settings_small)
    assert caught.value.kind == "login"
    assert caught.value.exit_code == 3


def test_what_a_stopped_census_fetch_left_is_loaded_whole_later(server, settings_small, monkeypatch):
    monkeypatch.setenv("TIDEWAITER_CENSUS_KEY", "k-0123456789")
    connector = Census(base=server.base)
    query = make(commodities=["847150"], flows=["imports"], partners=["TWN"], period="2024-01..2024-02")
    server.script = [Reply(401)]
    server.answer = lambda _asked: as_json(CENSUS)
    with pytest.raises(UnavailableError):
        get(connector, query, settings_small)
    fetched = get(connector, query, settings_small)
    (incoming,) = read(connector, fetched, settings_small).incoming
    assert incoming.readings[0].table.height == 6
