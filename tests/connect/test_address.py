"""Private networks are asked only when the user allows it: by number, by name, after a redirect."""

import socket

import pytest
from connect_server import Reply

from tidewaiter.connect import address
from tidewaiter.connect.apis import apis
from tidewaiter.connect.call import Call
from tidewaiter.connect.http import Http
from tidewaiter.connect.keys import Key
from tidewaiter.errors import UnavailableError

PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "255.255.255.255", "224.0.0.1", "::1", "::", "fe80::1", "fd00::1", "::ffff:192.168.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::",
)  # fmt: skip


def _names(monkeypatch, table: dict[str, list[str]]) -> None:
    def look_up(host, port, *_args, **_more):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port)) for found in table.get(host, [host])
        ]

    monkeypatch.setattr(address.socket, "getaddrinfo", look_up)


@pytest.mark.parametrize("number", PRIVATE)
def test_numbers_of_private_networks_are_known(number):
    assert address.is_private(number)


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_numbers_of_the_open_internet_are_known(number):
    assert not address.is_private(number)


def test_a_name_that_leads_inside_is_refused_even_if_one_of_its_numbers_is_outside(monkeypatch):
    _names(monkeypatch, {"data.example": ["93.184.215.14", "10.0.0.5"]})
    with pytest.raises(UnavailableError, match="private network") as caught:
        address.look_up("data.example", 443, allow_private=False)
    assert (caught.value.kind, caught.value.retriable, caught.value.exit_code) == ("private", False, 3)
    assert "--allow-private" in caught.value.hint


def test_a_name_nobody_knows_is_unreachable(monkeypatch):
    def unknown(*_args, **_more):
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(address.socket, "getaddrinfo", unknown)
    with pytest.raises(UnavailableError, match=r"data\.example is not found") as caught:
        address.look_up("data.example", 443, allow_private=False)
    assert caught.value.retriable


def test_nothing_is_sent_to_a_private_address(server, clock):
    call = Call("census", f"{server.base}/data")
    with pytest.raises(UnavailableError, match="private network"):
        Http(clock).send(call, apis()["census"], None)
    assert not server.asked


def test_a_redirect_into_a_private_network_is_refused(server, clock, monkeypatch):
    server.script = [Reply(302, headers={"Location": "http://inside.example/"})]
    allowed = Http(clock, allow_private=True)
    open_only = Http(clock)
    port = server.base.rpartition(":")[2]
    _names(monkeypatch, {"outside.example": ["127.0.0.1"], "inside.example": ["10.0.0.5"]})
    # the first host stands for one outside: only its redirect is to be judged
    monkeypatch.setattr("tidewaiter.connect.address.is_private", lambda number: number == "10.0.0.5")
    with pytest.raises(UnavailableError, match=r"inside\.example lies in a private network"):
        open_only.send(Call("census", f"http://outside.example:{port}/"), apis()["census"], None)
    assert server.asked[0].headers["Host"] == f"outside.example:{port}"
    assert allowed.allow_private


def test_a_name_is_looked_up_once_and_the_number_found_is_asked(server, clock, monkeypatch):
    port = server.base.rpartition(":")[2]
    looked: list[str] = []

    def look_up(host, at, *_args, **_more):
        looked.append(host)
        number = "127.0.0.1" if looked.count("data.example") == 1 else "203.0.113.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number if host == "data.example" else host, at))]

    monkeypatch.setattr(address.socket, "getaddrinfo", look_up)
    server.script = [Reply(200, b"x")]
    answer = Http(clock, allow_private=True).send(
        Call("census", f"http://data.example:{port}/"), apis()["census"], None
    )
    assert answer.body == b"x"
    assert looked.count("data.example") == 1


def test_a_key_does_not_travel_unencrypted_to_the_open_internet(clock, monkeypatch):
    _names(monkeypatch, {"data.example": ["93.184.215.14"]})
    with pytest.raises(UnavailableError, match="not sent over plain http"):
        Http(clock).send(Call("census", "http://data.example/"), apis()["census"], Key("abc"))
