"""A server on this machine that replays what a script says, and a clock that never waits."""

from __future__ import annotations

import gzip
import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Reply:
    """One answer of the server.

    ``cut`` tells a length and sends that many bytes of it; ``bare`` tells none; ``hold`` waits for the end
    of the test before a byte is sent.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    bare: bool = False
    hold: bool = False


@dataclass(frozen=True)
class Asked:
    """One request that came."""

    path: str
    params: dict[str, str]
    headers: dict[str, str]
    body: bytes


def as_json(value, status=200, **headers) -> Reply:
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json", **headers})


def as_csv(text: str, **headers) -> Reply:
    return Reply(200, text.encode(), {"Content-Type": "text/csv", **headers})


def gzipped(reply: Reply, cut: int | None = None) -> Reply:
    packed = gzip.compress(reply.body, mtime=0)
    return Reply(reply.status, packed[:cut], {**reply.headers, "Content-Encoding": "gzip"})


class Server:
    """Answers what stands in ``script``; when that is used up, what ``answer`` makes of the request."""

    def __init__(self) -> None:
        self.script: list[Reply] = []
        self.answer = lambda _asked: Reply(500)
        self.asked: list[Asked] = []
        self.over = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                asked = Asked(parts.path, dict(parse_qsl(parts.query)), dict(self.headers), body)
                server.asked.append(asked)
                reply = server.script.pop(0) if server.script else server.answer(asked)
                if reply.hold:
                    server.over.wait(20)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if not reply.bare and reply.status != 204:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])

            do_GET = do_POST = _serve  # noqa: N815 — the names the library calls

            def log_message(self, *_args) -> None:
                """Quiet."""

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, *_args) -> None:
                """A caller that hangs up is what some tests are about."""

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.http.server_address[1]}"
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        self.over.set()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


class Clock:
    """Never waits: sleeping moves the day on. ``step`` is what each look at the stopwatch takes."""

    def __init__(self) -> None:
        self.day = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        self.slept: list[float] = []
        self.watch = 0.0
        self.step = 0.0

    def now(self) -> datetime:
        return self.day

    def tick(self) -> float:
        self.watch += self.step
        return self.watch

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.day += timedelta(seconds=seconds)
