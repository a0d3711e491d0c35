"""Over https the number that was looked up is asked, and the certificate has to be the name's."""

import shutil
import socket
import ssl
import subprocess

import pytest
from connect_server import Server, as_json

from tidewaiter.connect import address
from tidewaiter.connect.apis import apis
from tidewaiter.connect.call import Call
from tidewaiter.connect.http import Http
from tidewaiter.errors import UnavailableError

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="needs openssl to make a certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for ``data.example`` that signs itself."""
    home = tmp_path_factory.mktemp("tls")
    key, cert = home / "key.pem", home / "cert.pem"
    made = (
        OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=data.example",
        "-addext", "subjectAltName=DNS:data.example",
    )  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    return key, cert


@pytest.fixture
def secure(certificate, monkeypatch):
    key, cert = certificate
    server = Server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    names: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
    server.answer = lambda _asked: as_json([["a"]])
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    real = socket.getaddrinfo

    def look_up(host, port, *args, **more):
        return real("127.0.0.1" if str(host).endswith(".example") else host, port, *args, **more)

    monkeypatch.setattr(address.socket, "getaddrinfo", look_up)
    server.names = names
    yield server
    server.close()


def _send(server, clock, host, api="census"):
    port = server.base.rpartition(":")[2]
    return Http(clock, allow_private=True).send(Call(api, f"https://{host}:{port}/"), apis()[api], None)


@pytest.mark.parametrize("api", ["census", "taiwan"])
def test_the_name_is_told_and_its_certificate_checked(secure, clock, api):
    answer = _send(secure, clock, "data.example", api)
    assert answer.body == b'[["a"]]'
    assert secure.names == ["data.example"]
    assert secure.asked[0].headers["Host"].startswith("data.example:")


@pytest.mark.parametrize("api", ["census", "taiwan"])
def test_a_certificate_of_another_name_is_refused(secure, clock, api):
    with pytest.raises(UnavailableError, match="certificate") as caught:
        _send(secure, clock, "other.example", api)
    assert (caught.value.kind, caught.value.retriable) == ("certificate", False)
    assert not secure.asked


def test_a_certificate_nobody_vouches_for_is_refused(secure, clock, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(UnavailableError, match="not trusted"):
        _send(secure, clock, "data.example")
    assert not secure.asked
