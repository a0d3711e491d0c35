"""One request made. Redirects are followed by hand, each target checked; size and time are bounded.

A body in gzip is unpacked here and must be whole: the end of the stream is asked for, not assumed. An
answer that breaks off, drips, grows past the bound or leads into a private network is an error of our
tree. No wall against robots is climbed: cookies are not kept, scripts not run, the name is our own.
"""

from __future__ import annotations

import ssl
import zlib
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import httpx2

from tidewaiter.connect.address import check_scheme, is_private, look_up
from tidewaiter.connect.call import Answer
from tidewaiter.errors import UnavailableError, UsageError

if TYPE_CHECKING:
    from tidewaiter.connect.apis import Api
    from tidewaiter.connect.call import Call
    from tidewaiter.connect.clock import Clock
    from tidewaiter.connect.keys import Key

USER_AGENT = f"tidewaiter/{version('tidewaiter')} (official trade statistics; one call at a time)"
_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_GZIP, _MAGIC = 16 + zlib.MAX_WBITS, b"\x1f\x8b"
_MIB = 1024 * 1024
_LOCATION = "location"
_PORTS = {"http": 80, "https": 443}
_MATTER = (
    "content-type", "content-length", "content-encoding", "content-disposition", "last-modified", "etag",
    "date", "retry-after", "server", "cf-mitigated", "x-ratelimit-limit", "x-ratelimit-remaining",
    "x-ratelimit-reset",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one answer may take.

    Attributes:
        size: bytes, unpacked.
        seconds: for the whole answer, redirects included.
        silence: seconds without a byte.
        connect: seconds until a connection stands.
    """

    size: int = 512 * _MIB
    seconds: float = 600.0
    silence: float = 60.0
    connect: float = 20.0


@dataclass(frozen=True, slots=True)
class _Hop:
    """One exchange of a request: where it goes now, and what it may tell there."""

    call: Call
    api: Api
    url: httpx2.URL
    key: Key | None
    began: float
    redirects: int = 0
    away: bool = False  # another host than the one asked first: it does not hear the key

    @property
    def home(self) -> tuple[str, str, int | None]:
        """Who is asked."""
        return self.url.scheme, self.url.host, self.url.port

    @property
    def told(self) -> Key | None:
        """The key, where it may be told."""
        return None if self.away else self.key

    @property
    def shown(self) -> str:
        """The address as it may be shown."""
        text = str(self.url.copy_with(username=None, password=None) if self.url.userinfo else self.url)
        return text if self.key is None else self.key.hide(text)


@dataclass
class Http:
    """Makes requests.

    Attributes:
        clock: for the time an answer takes.
        bounds: what one answer may take.
        allow_private: addresses in private networks may be asked.
    """

    clock: Clock
    bounds: Bounds = field(default_factory=Bounds)
    allow_private: bool = False
    _contexts: dict[bool, ssl.SSLContext] = field(default_factory=dict)

    def send(self, call: Call, api: Api, key: Key | None) -> Answer:
        """The answer to a call, whatever its status.

        Raises:
            UnavailableError: there was no whole answer.
            UsageError: the address is none.
        """
        hop = _Hop(call, api, _url(call.shown), key, self.clock.tick())
        home = hop.home
        while hop.redirects <= _REDIRECTS:
            check_scheme(hop.url.scheme, hop.shown, userinfo=bool(hop.url.userinfo))
            answer = self._once(hop)
            if answer.status not in _MOVED or _LOCATION not in answer.headers:
                return answer
            url = _moved(hop, answer.headers[_LOCATION])
            away = (url.scheme, url.host, url.port) != home
            hop = replace(hop, url=url, redirects=hop.redirects + 1, away=away)
        raise UnavailableError(f"more than {_REDIRECTS} redirects, the last to {hop.shown}", kind="redirect")

    def _once(self, hop: _Hop) -> Answer:
        """One exchange, with the first of the host's addresses that takes the connection."""
        url = hop.url
        addresses = look_up(url.host, url.port or _PORTS[url.scheme], allow_private=self.allow_private)
        if hop.told and url.scheme == "http" and not all(is_private(one) for one in addresses):
            raise UnavailableError("a key is not sent over plain http", kind="key", hint="use https")
        refused: UnavailableError | None = None
        for address in addresses:
            try:
                return self._exchange(hop, address)
            except httpx2.ConnectError as error:
                refused = _unreachable(error, url.host)
            except httpx2.ConnectTimeout:
                refused = _slow(f"no connection within {self.bounds.connect:g} s")
            except httpx2.TimeoutException as error:
                raise _slow(f"no byte came for {self.bounds.silence:g} s") from error
            except (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError) as error:
                raise _cut(type(error).__name__) from error
            except httpx2.HTTPError as error:
                raise UnavailableError(
                    f"no answer ({type(error).__name__})", kind="unreachable", retriable=True
                ) from error
        raise refused or UnavailableError(f"{url.host} has no address", kind="unreachable", retriable=True)

    def _exchange(self, hop: _Hop, address: str) -> Answer:
        headers = {
            "Host": hop.url.netloc.decode(),
            "User-Agent": USER_AGENT,
            "Accept-Encoding": "gzip, identity",
            "Accept": "application/json" if hop.api.format == "json" else "*/*",
        }
        asked = hop.url.copy_with(host=address)
        if hop.told and hop.api.key_header:
            headers[hop.api.key_header] = hop.told.secret
        elif hop.told and hop.api.key_param:
            asked = asked.copy_merge_params({hop.api.key_param: hop.told.secret})
        content: dict[str, Any] = {}
        if hop.call.body:
            headers["Content-Type"] = "application/json"
            content = {"content": hop.call.body.encode()}
        timeout = httpx2.Timeout(self.bounds.silence, connect=self.bounds.connect)
        with (
            httpx2.Client(verify=self._context(hop), timeout=timeout, trust_env=False) as client,
            client.stream(
                "POST" if hop.call.body else "GET",
                asked,
                headers=headers,
                follow_redirects=False,
                extensions={"sni_hostname": hop.url.host},
                **content,
            ) as response,
        ):
            return self._answer(response, hop)

    def _context(self, hop: _Hop) -> ssl.SSLContext:
        loose = hop.api.loose_certificates
        if hop.url.scheme == "http":
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # not used
        if loose not in self._contexts:
            context = httpx2.create_ssl_context(trust_env=True)
            if loose:
                context.verify_flags &= ~ssl.VERIFY_X509_STRICT
            self._contexts[loose] = context
        return self._contexts[loose]

    def _answer(self, response: httpx2.Response, hop: _Hop) -> Answer:
        given = response.headers
        headers = {name: given[name] for name in _MATTER if name in given}
        if response.status_code in _MOVED and _LOCATION in given:
            return Answer(response.status_code, {**headers, _LOCATION: given[_LOCATION]})
        coding = given.get("content-encoding", "").lower()
        body = self._body(response, coding, hop.began)
        if hop.key is not None:
            headers = {name: hop.key.hide(value) for name, value in headers.items()}
            body = hop.key.hide_bytes(body)
        told = "content-length" in given or given.get("transfer-encoding", "").lower() == "chunked"
        whole = told or bool(_unpacker(coding))
        return Answer(response.status_code, headers, body, hop.shown, hop.redirects, whole)

    def _body(self, response: httpx2.Response, coding: str, began: float) -> bytes:
        pack = _unpacker(coding)
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_raw():
            if self.clock.tick() - began > self.bounds.seconds:
                raise _slow(f"the answer takes more than {self.bounds.seconds:g} s")
            clear = piece if pack is None else pack.feed(piece, self.bounds.size - size + 1)
            size += len(clear)
            if size > self.bounds.size:
                raise UnavailableError(
                    f"the answer is larger than {self.bounds.size // _MIB or 1} MiB",
                    kind="too-large",
                    hint="ask for less at a time, or allow more with --max-mib",
                )
            pieces.append(clear)
        if pack is not None and size and not pack.whole:
            raise _cut("the end of the gzip stream is missing")
        return b"".join(pieces)


class _Unpack:
    """A gzip stream, member by member."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP)
        self.whole = False

    def feed(self, data: bytes, most: int) -> bytes:
        """What ``data`` unpacks to, not much more than ``most`` bytes."""
        done: list[bytes] = []
        try:
            while data and most > 0:
                if self.whole and not data.startswith(_MAGIC[: len(data)]):
                    break  # padding behind the end
                if self.whole:  # another member follows
                    self._stream = zlib.decompressobj(_GZIP)
                clear = self._stream.decompress(data, most)
                done.append(clear)
                most -= len(clear)
                self.whole = self._stream.eof
                data = self._stream.unused_data if self.whole else self._stream.unconsumed_tail
        except zlib.error as error:
            raise UnavailableError(
                "the answer says it is gzip and is not", kind="not-data", retriable=True
            ) from error
        return b"".join(done)


def _unpacker(coding: str) -> _Unpack | None:
    if coding in {"", "identity"}:
        return None
    if coding in {"gzip", "x-gzip"}:
        return _Unpack()
    raise UnavailableError(f"the answer is packed as {coding}, which nobody asked for", kind="not-data")


def _url(text: str) -> httpx2.URL:
    try:
        return httpx2.URL(text)
    except httpx2.InvalidURL as error:
        raise UsageError("this is no web address", hint=str(error)) from error


def _moved(hop: _Hop, location: str) -> httpx2.URL:
    """Where a redirect leads.

    Raises:
        UnavailableError: it is not followed.
    """
    try:
        target = hop.url.join(location)
    except httpx2.InvalidURL as error:
        raise UnavailableError("a redirect to something that is no address", kind="redirect") from error
    if hop.url.scheme == "https" and target.scheme == "http":
        raise UnavailableError(f"a redirect from https to http ({target.host})", kind="redirect")
    if hop.call.body:
        raise UnavailableError(f"a request that sends data was redirected to {target.host}", kind="redirect")
    return target


def _cut(how: str) -> UnavailableError:
    return UnavailableError(f"the answer broke off ({how})", kind="cut", retriable=True)


def _slow(how: str) -> UnavailableError:
    return UnavailableError(how, kind="slow", retriable=True)


def _unreachable(error: Exception, host: str) -> UnavailableError:
    if "CERTIFICATE" in str(error).upper():
        return UnavailableError(
            f"the certificate of {host} is not trusted",
            kind="certificate",
            hint="where the machine lacks the authority, name a file with it in SSL_CERT_FILE",
        )
    return UnavailableError(f"{host} takes no connection", kind="unreachable", retriable=True)
