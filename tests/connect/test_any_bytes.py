"""Any bytes with any status and headers are data, nothing, too much, or an error of our tree."""

import json

import pytest
from connect_server import Clock
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.connect.address_of import AnyAddress
from tidewaiter.connect.call import Answer
from tidewaiter.connect.census import Census
from tidewaiter.connect.comexstat import ComexStat, ComexStatFiles
from tidewaiter.connect.comext import Comext
from tidewaiter.connect.comtrade import Comtrade
from tidewaiter.connect.query import Query, make
from tidewaiter.connect.retry import seconds_to_wait
from tidewaiter.connect.session import judged
from tidewaiter.connect.taiwan import Dataset, resources
from tidewaiter.errors import TidewaiterError, UnavailableError

QUERY = make(reporters=["TWN"], commodities=["total"], period="2024")
OWN = make(commodities=["total"], period="2024")
ASKED = [
    (Comtrade(), QUERY), (Census(), OWN), (Comext(), QUERY), (ComexStat(), OWN),
    (ComexStatFiles(), make(period="2024")), (Dataset(), Query(address="6053")),
    (AnyAddress(), Query(address="https://data.example/a.csv")),
]  # fmt: skip
WORDS = st.sampled_from(
    ["data", "list", "count", "error", "message", "result", "distribution", "resourceDownloadUrl", "success"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
STARTS = st.sampled_from(
    [b"", b"<html>", b"<!DOCTYPE html>", b"DATAFLOW,", b"\xef\xbb\xbf[", b"{", b"<S:Fault>", b"PK"]
)
BODIES = (
    st.binary(max_size=200)
    | VALUES.map(lambda value: json.dumps(value).encode())
    | st.tuples(STARTS, st.binary(max_size=60)).map(b"".join)
)
HEADERS = st.dictionaries(
    st.sampled_from(["content-type", "retry-after", "cf-mitigated"]),
    st.sampled_from(
        ["text/html", "application/json", "image/png", "120", "-1", "1e9", "challenge", "\u0661"]
    ),
)
STATUS = st.sampled_from([200, 200, 200, 201, 204, 206, 301, 400, 401, 403, 404, 413, 429, 500, 503, 599])


def _outcome(connector, call, answer):
    try:
        return judged(connector, call, answer, Clock().now())
    except UnavailableError as error:
        return error


@pytest.mark.parametrize(("connector", "query"), ASKED, ids=lambda one: getattr(one, "facts", "") or None)
@given(
    answer=st.builds(Answer, STATUS, HEADERS, BODIES, st.just("https://data.example/x"), told=st.booleans())
)
@settings(max_examples=80, deadline=None)
def test_any_answer_is_judged(connector, query, answer):
    call = connector.call(connector.plan(query)[0])
    outcome = _outcome(connector, call, answer)
    if isinstance(outcome, UnavailableError):
        assert outcome.where
        return
    assert outcome.what in {"data", "nothing", "split"}
    assert outcome.what == "data" or outcome.reason


@given(body=BODIES)
@settings(max_examples=150, deadline=None)
def test_any_page_of_a_dataset_names_files_or_is_an_error(body):
    try:
        assert all(one.address for one in resources(body, "dataset"))
    except TidewaiterError:
        return


@given(body=st.binary(max_size=120))
@settings(max_examples=100, deadline=None)
def test_any_bytes_tell_a_day_or_none(body):
    Comext().published(b"DATAFLOW,LAST UPDATE\n" + body)


@given(header=st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_retry_after_is_seconds_or_nothing(header):
    after = seconds_to_wait(header, Clock().now())
    assert after is None or after >= 0
