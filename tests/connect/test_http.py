"""One request: what breaks off, drips, grows or leads elsewhere is an error of our tree."""

import gzip
from dataclasses import replace

import pytest
from connect_server import Reply, Server, as_json, gzipped

from tidewaiter import __version__
from tidewaiter.connect.apis import apis
from tidewaiter.connect.call import Call
from tidewaiter.connect.http import Bounds, Http
from tidewaiter.connect.keys import Key
from tidewaiter.errors import TidewaiterError, UnavailableError, UsageError

API = apis()["census"]
SECRET = "s3cret key+1"


@pytest.fixture
def other():
    one = Server()
    yield one
    one.close()


def _send(server, clock, *, key=None, bounds=None, body="", api=API):
    http = Http(clock, bounds or Bounds(), allow_private=True)
    call = Call("census", f"{server.base}/data", (("a", "1 2"),), body=body)
    return http.send(call, api, key)


def test_the_project_names_itself_and_asks_for_gzip(server, clock):
    server.script = [as_json([["a"]])]
    answer = _send(server, clock)
    (asked,) = server.asked
    assert answer.status == 200
    assert asked.headers["User-Agent"].startswith(f"tidewaiter/{__version__}")
    assert asked.headers["Host"] == server.base.removeprefix("http://")
    assert asked.headers["Accept-Encoding"] == "gzip, identity"
    assert asked.params == {"a": "1 2"}


def test_gzip_is_unpacked(server, clock):
    server.script = [gzipped(as_json([["a"], ["1"]]))]
    answer = _send(server, clock)
    assert answer.body == b'[["a"], ["1"]]'
    assert answer.told


@pytest.mark.parametrize("cut", [-1, -9, 12])
def test_a_gzip_stream_without_its_end_broke_off(server, clock, cut):
    server.script = [gzipped(as_json([["a"] * 50]), cut=cut)]
    with pytest.raises(UnavailableError, match="broke off") as caught:
        _send(server, clock)
    assert (caught.value.kind, caught.value.retriable) == ("cut", True)


def test_several_gzip_members_and_padding_behind_them_are_read(server, clock):
    packed = gzip.compress(b"[1") + gzip.compress(b",2]") + b"\0" * 9
    server.script = [Reply(200, packed, {"Content-Encoding": "gzip"})]
    assert _send(server, clock).body == b"[1,2]"


def test_bytes_that_are_no_gzip_are_refused(server, clock):
    server.script = [Reply(200, b"plain", {"Content-Encoding": "gzip"})]
    with pytest.raises(UnavailableError, match="says it is gzip and is not"):
        _send(server, clock)


def test_a_body_shorter_than_its_length_broke_off(server, clock):
    server.script = [replace(as_json([["a"] * 50]), cut=20)]
    with pytest.raises(UnavailableError, match="broke off") as caught:
        _send(server, clock)
    assert caught.value.retriable


def test_a_body_without_a_length_is_taken_and_marked(server, clock):
    server.script = [replace(as_json([["a"]]), bare=True)]
    assert not _send(server, clock).told


def test_silence_ends_after_its_bound(server, clock):
    server.script = [Reply(200, b"late", hold=True)]
    with pytest.raises(UnavailableError, match="no byte came") as caught:
        _send(server, clock, bounds=Bounds(silence=0.2))
    assert (caught.value.kind, caught.value.retriable) == ("slow", True)


def test_a_drip_ends_when_the_answer_has_taken_too_long(server, clock):
    clock.step = 400.0
    server.script = [Reply(200, b"x" * 1_000_000)]
    with pytest.raises(UnavailableError, match="takes more than 600 s"):
        _send(server, clock)


@pytest.mark.parametrize("pack", [lambda reply: reply, gzipped])
def test_an_answer_past_the_bound_on_size_is_refused_unpacked_or_not(server, clock, pack):
    server.script = [pack(Reply(200, b"0" * 3_000_000))]
    with pytest.raises(UnavailableError, match="larger than 1 MiB") as caught:
        _send(server, clock, bounds=Bounds(size=1024 * 1024))
    assert (caught.value.kind, caught.value.retriable) == ("too-large", False)


def test_no_connection_may_be_tried_again(server, clock):
    server.close()
    with pytest.raises(UnavailableError, match="takes no connection") as caught:
        _send(server, clock)
    assert (caught.value.kind, caught.value.retriable) == ("unreachable", True)


def test_a_redirect_on_the_host_keeps_the_key_and_to_another_host_does_not(server, other, clock):
    server.script = [Reply(302, headers={"Location": "/next"}), Reply(302, headers={"Location": other.base})]
    other.script = [as_json([["a"]])]
    answer = _send(server, clock, key=Key(SECRET))
    assert [asked.params.get("key") for asked in server.asked] == [SECRET, SECRET]
    assert "key" not in other.asked[0].params
    assert SECRET not in str(other.asked[0].headers)
    assert answer.redirects == 2


def test_an_echo_of_the_key_is_taken_out_of_what_came_back(server, clock):
    packed = "s3cret%20key%2B1"
    server.script = [
        Reply(302, headers={"Location": f"/next?key={packed}"}),
        Reply(200, f"<html>{SECRET} {packed} s3cret+key%2B1</html>".encode(), {"ETag": SECRET}),
    ]
    answer = _send(server, clock, key=Key(SECRET))
    assert b"s3cret" not in answer.body
    assert "s3cret" not in answer.address + str(answer.headers)


def test_a_key_in_a_header_is_not_in_the_address(server, clock):
    server.script = [as_json([["a"]])]
    _send(server, clock, key=Key("abc"), api=apis()["comtrade"])
    assert server.asked[0].headers["Ocp-Apim-Subscription-Key"] == "abc"
    assert server.asked[0].params == {"a": "1 2"}


def test_a_circle_of_redirects_ends(server, clock):
    server.answer = lambda _asked: Reply(302, headers={"Location": "/again"})
    with pytest.raises(UnavailableError, match="more than 5 redirects"):
        _send(server, clock)
    assert len(server.asked) == 6


def test_a_question_that_is_sent_is_not_sent_elsewhere(server, other, clock):
    server.script = [Reply(307, headers={"Location": other.base})]
    with pytest.raises(UnavailableError, match="request that sends data was redirected"):
        _send(server, clock, body="{}")
    assert not other.asked


def test_a_redirect_to_a_file_is_no_web_address(server, clock):
    server.script = [Reply(302, headers={"Location": "file:///etc/passwd"})]
    with pytest.raises(UsageError, match="no web address"):
        _send(server, clock)


def test_no_cookie_is_kept_between_calls(server, clock):
    server.answer = lambda _asked: as_json([["a"]], **{"Set-Cookie": "session=1"})
    _send(server, clock)
    _send(server, clock)
    assert "Cookie" not in server.asked[1].headers


@pytest.mark.parametrize("address", ["http://a b/", "http://\x00", "http://[::1", "http://x:99999/"])
def test_an_address_that_does_not_read_is_an_error_of_ours(clock, address):
    with pytest.raises(TidewaiterError):
        Http(clock, allow_private=True).send(Call("census", address), API, None)
