"""What an answer is: data, nothing, too much at once, or no answer at all."""

import json

import pytest
from connect_shapes import CENSUS, CHALLENGE, COMEXT, KEY_PAGE, LEGACY_MESSAGE, LOGIN, TOO_BIG, comtrade

from tidewaiter.connect.address_of import AnyAddress
from tidewaiter.connect.call import Answer
from tidewaiter.connect.census import Census
from tidewaiter.connect.comext import Comext
from tidewaiter.connect.comtrade import Comtrade
from tidewaiter.connect.query import Query, make
from tidewaiter.connect.session import judged
from tidewaiter.errors import UnavailableError

ADDRESS = AnyAddress()
CSV = Query(address="https://data.example/a.csv")
QUERY = make(reporters=["TWN"], flows=["exports"], commodities=["847150"], period="2024")
US = make(commodities=["847150"], flows=["imports"], period="2024-01..2024-02")
PARAMS = {"period": "2024", "reporterCode": "490", "flowCode": "X", "cmdCode": "847150"}


def _judge(connector, query, body, status=200, clock=None, **more):
    call = connector.call(connector.plan(query)[0])
    given = body if isinstance(body, bytes) else body.encode()
    return judged(connector, call, Answer(status, body=given, **more), clock.now())


def _refused(connector, query, body, status=200, clock=None, **more) -> UnavailableError:
    with pytest.raises(UnavailableError) as caught:
        _judge(connector, query, body, status, clock, **more)
    assert caught.value.exit_code == 3
    assert caught.value.where
    return caught.value


def test_rows_are_data(clock):
    outcome = _judge(Comtrade(), QUERY, json.dumps(comtrade(PARAMS)), clock=clock)
    assert (outcome.what, outcome.rows) == ("data", 4)
    assert _judge(Census(), US, json.dumps(CENSUS), clock=clock).rows == 2
    assert _judge(Comext(), QUERY, COMEXT, clock=clock).rows == 2


def test_204_is_nothing_and_no_error(clock):
    outcome = _judge(Census(), US, b"", 204, clock)
    assert outcome.what == "nothing"
    assert "no rows" in outcome.reason


def test_an_answer_without_rows_is_nothing(clock):
    empty = json.dumps(comtrade(PARAMS, cut=0))
    assert _judge(Comtrade(), QUERY, empty, clock=clock).what == "nothing"
    assert _judge(Census(), US, json.dumps(CENSUS[:1]), clock=clock).what == "nothing"
    assert _judge(Comext(), QUERY, COMEXT.splitlines()[0], clock=clock).what == "nothing"


def test_an_empty_body_is_nothing_at_the_census_and_a_fault_elsewhere(clock):
    assert _judge(Census(), US, b"", clock=clock).what == "nothing"
    error = _refused(Census(), US, b"", clock=clock, told=False)
    assert (error.kind, error.retriable) == ("empty", True)
    assert _refused(Comtrade(), QUERY, b" \n", clock=clock).retriable


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (429, {"retry-after": "7"}, ("rate-limit", True, 7.0)),
        (429, {"retry-after": "Mon, 23 Nov 2026 08:00:30 GMT"}, ("rate-limit", True, 30.0)),
        (429, {}, ("rate-limit", True, None)),
        (403, {"retry-after": "60"}, ("rate-limit", True, 60.0)),
        (403, {}, ("key", False, None)),
        (401, {}, ("key", False, None)),
        (400, {}, ("refused", False, None)),
        (404, {}, ("not-found", False, None)),
        (500, {}, ("server", True, None)),
        (502, {}, ("server", True, None)),
        (503, {"retry-after": "5"}, ("server", True, 5.0)),
        (504, {}, ("server", True, None)),
        (206, {}, ("refused", False, None)),
    ],
)
def test_each_status_is_told_for_what_it_is(clock, status, headers, expected):
    error = _refused(ADDRESS, CSV, "said", status, clock, headers=headers)
    assert (error.kind, error.retriable, error.after) == expected
    assert f"HTTP {status}: said" in error.detail


def test_a_refusal_says_what_the_service_said(clock):
    body = json.dumps({"statusCode": 400, "errorObject": {"errorMessage": "period is off"}})
    assert "period is off" in _refused(Comtrade(), QUERY, body, 400, clock).detail


def test_a_message_saved_as_csv_with_200_is_no_data(clock):
    error = _refused(ADDRESS, CSV, LEGACY_MESSAGE, clock=clock)
    assert error.kind == "not-data"
    assert "Result too large" in error.detail


@pytest.mark.parametrize(
    ("text", "retriable"), [("Rate limit is exceeded. Try again later", True), ("unknown code", False)]
)
def test_a_message_as_json_with_200_is_no_data(clock, text, retriable):
    error = _refused(Comtrade(), QUERY, json.dumps({"statusCode": 429, "message": text}), clock=clock)
    assert text in error.detail
    assert error.retriable is retriable
    assert _refused(Census(), US, json.dumps({"error": text}), clock=clock).retriable is retriable


@pytest.mark.parametrize("body", ['{"data": [{"a": 1}', "[[", '"x', "\ufffd"])
def test_json_that_broke_off_may_be_asked_again(clock, body):
    error = _refused(Comtrade(), QUERY, body, clock=clock)
    assert (error.kind, error.retriable) == ("not-data", True)


def test_a_wall_against_robots_is_told_and_not_climbed(clock):
    for more in ({}, {"headers": {"cf-mitigated": "challenge"}}):
        error = _refused(ADDRESS, CSV, CHALLENGE if not more else "<p>", clock=clock, **more)
        assert (error.kind, error.retriable) == ("bot-wall", False)
        assert "tidewaiter load" in error.hint
    assert _refused(Comtrade(), QUERY, CHALLENGE, 403, clock).kind == "bot-wall"


def test_a_redirect_to_a_page_to_log_in_is_told(clock):
    page = "<html><title>Welcome</title></html>"
    error = _refused(ADDRESS, CSV, page, clock=clock, address="https://data.example/login", redirects=1)
    assert error.kind == "login"
    assert _refused(ADDRESS, CSV, LOGIN, clock=clock).kind == "login"


def test_a_page_about_the_key_is_told(clock):
    error = _refused(Census(), US, KEY_PAGE, clock=clock)
    assert error.kind == "key"


def test_any_other_page_is_no_data(clock):
    error = _refused(ADDRESS, CSV, "<html><title>We are  moving</title></html>", clock=clock)
    assert error.kind == "not-data"
    assert "We are moving" in error.detail


def test_a_wrong_content_type_counts_only_when_the_bytes_agree_with_it(clock):
    image = {"content-type": "image/png"}
    assert _refused(ADDRESS, CSV, b"\x89PNG\0\0", clock=clock, headers=image).kind == "not-data"
    page = {"content-type": "text/html; charset=utf-8"}
    assert _judge(ADDRESS, CSV, "a,b\n1,2\n", clock=clock, headers=page).what == "data"
    assert _judge(Census(), US, json.dumps(CENSUS), clock=clock, headers=page).rows == 2


def test_an_answer_at_the_limit_is_never_whole(clock):
    rows = {"count": 500, "data": [{}] * 500, "error": ""}
    outcome = _judge(Comtrade(), QUERY, json.dumps(rows), clock=clock)
    assert (outcome.what, outcome.reason) == ("split", "500 rows: the limit of an answer")
    assert _judge(Comtrade(keyed=True), QUERY, json.dumps(rows), clock=clock).what == "data"


def test_fewer_rows_than_the_answer_counts_are_not_whole(clock):
    body = json.dumps(comtrade(PARAMS) | {"count": 9})
    assert _judge(Comtrade(), QUERY, body, clock=clock).reason == "4 rows came of 9"


def test_what_comext_puts_off_is_cut(clock):
    assert _judge(Comext(), QUERY, TOO_BIG, 413, clock).what == "split"
    assert _judge(Comext(), QUERY, TOO_BIG, clock=clock).what == "split"
    later = "<asyncResponse><id>1f</id><status>SUBMITTED</status></asyncResponse>"
    assert _judge(Comext(), QUERY, later, clock=clock).what == "split"
    fault = "<S:Fault><faultstring>unknown code</faultstring></S:Fault>"
    assert "unknown code" in _refused(Comext(), QUERY, fault, clock=clock).detail


def test_a_table_of_untold_length_that_ends_within_a_line_broke_off(clock):
    assert _refused(Comext(), QUERY, COMEXT[:-5], clock=clock, told=False).kind == "cut"
    assert _judge(Comext(), QUERY, COMEXT, clock=clock, told=False).what == "data"
