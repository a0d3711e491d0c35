"""What an answer is: data, nothing (a statement of its own), too much at once, or no answer at all.

Kinds of :class:`~tidewaiter.errors.UnavailableError` (R: asking again may help)::

    rate-limit R   429, or 403 with Retry-After     login      a redirect to a page that is no data
    server     R   408, 500, 502, 503, 504          bot-wall   a challenge or captcha
    cut        R   broke off in mid-body            key        401, 403, a page about keys
    empty      R   200 without a byte               refused    400, 405 …: the question is off
    not-data   R   an error message, not JSON       not-found  404, 410
    slow       R   silence, a drip                  too-large  past the bound on size
    unreachable R  no name, no connection           redirect   loops, https to http
    incomplete     full and cannot be cut further   private    a private network
    quota          the day's calls are spent        certificate

A web page in place of data is told for what it is, with the next step. Nothing is done to get past it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tidewaiter.connect.retry import seconds_to_wait
from tidewaiter.errors import FaultsError, UnavailableError
from tidewaiter.sources.protocol import Blob
from tidewaiter.sources.refused import SOURCE as REFUSED

if TYPE_CHECKING:
    from datetime import datetime

    from tidewaiter.connect.apis import Api
    from tidewaiter.connect.call import Answer, Call

_NO_CONTENT, _OK, _TOO_MUCH, _MANY, _FORBIDDEN = 204, 200, 413, 429, 403
_FIRST_ERROR = 400
_AGAIN = frozenset({408, 425, 500, 502, 503, 504})
_KEY = frozenset({401, 403, 407})
_GONE = frozenset({404, 410})
_SHOWN = 160
_LOOKED = 8192
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_WALL = re.compile(
    rb"just a moment|cf-chl|challenge-platform|captcha|_incapsula_|request rejected|are you (?:a )?human|"
    rb"attention required|enable javascript and cookies|access denied|pardon our interruption",
    re.IGNORECASE,
)
_KEY_PAGE = re.compile(rb"(?:missing|invalid|unknown|inactive)\s+(?:api\s+)?key", re.IGNORECASE)
_LOGIN = re.compile(rb"type=[\"']?password|sign[ -]?in|log[ -]?in|single sign-on", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"login|signin|sign-in|/auth|/cas/|sso", re.IGNORECASE)
_PASSES = re.compile(
    r"rate limit|too many requests|unavailable|internal server error|bad gateway|time-?out|"
    r"try (?:again|later)|temporar|overload|busy",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"(?:text/html|application/xhtml|image/|video/|audio/|application/pdf|font/)", re.IGNORECASE
)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer is.

    Attributes:
        what: ``data``; ``nothing``: asked and answered, there are no rows; ``split``: the answer is not
            whole, the question has to be cut.
        reason: of nothing and split.
        rows: how many were counted, None where the format has none to count.
    """

    what: Literal["data", "nothing", "split"]
    reason: str = ""
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a connector saw in a body.

    Attributes:
        rows: rows it holds, None where the format has none to count.
        said: rows it says there are, None where it does not say.
        withheld: why the source did not answer at once (too much was asked), empty when it did.
    """

    rows: int | None
    said: int | None = None
    withheld: str = ""


def check_status(answer: Answer, call: Call, now: datetime) -> Outcome | None:
    """What the status alone decides; None when the body has to be looked at.

    Raises:
        UnavailableError: there was no answer to the question.
    """
    status = answer.status
    after = seconds_to_wait(answer.headers.get("retry-after", ""), now)
    said = f"HTTP {status}{_said(answer.body)}"
    if status == _NO_CONTENT:
        return Outcome("nothing", "204: the source has no rows for this question", 0)
    if status == _TOO_MUCH:
        return Outcome("split", said)
    if status == _MANY or (status == _FORBIDDEN and after):  # 403 with a time: a quota that ends then
        raise UnavailableError(
            said, kind="rate-limit", retriable=True, after=after, where=call.label, hint="ask again later"
        )
    if status in _KEY:
        _page(answer, call)
        raise UnavailableError(
            said, kind="key", where=call.label, hint="check the key, and what it is allowed to ask"
        )
    if status in _AGAIN:
        raise UnavailableError(said, kind="server", retriable=True, after=after, where=call.label)
    if status in _GONE:
        raise UnavailableError(said, kind="not-found", where=call.label, hint="check codes and address")
    if status >= _FIRST_ERROR or status != _OK:
        _page(answer, call)
        raise UnavailableError(
            said, kind="refused", where=call.label, hint="check the codes and periods asked"
        )
    return None


def check_body(answer: Answer, call: Call, api: Api) -> Outcome | None:
    """What a 200 is that is no data: nothing, a web page, a message. None when it may be data.

    Raises:
        UnavailableError: something else came in place of data.
    """
    if not answer.body.strip():
        if api.empty == "nothing" and answer.told:
            return Outcome("nothing", "an empty answer: the source has no rows for this question", 0)
        raise UnavailableError(
            "200 with an empty body: no data and no reason", kind="empty", retriable=True, where=call.label
        )
    _page(answer, call)
    if api.format == "csv" and not answer.told and not answer.body.endswith(b"\n"):
        raise UnavailableError(
            "the answer told no length and ends within a line", kind="cut", retriable=True, where=call.label
        )
    kind = answer.headers.get("content-type", "")
    if _FOREIGN.match(kind) and not _looks_like(answer.body, api):
        raise UnavailableError(f"the answer is {kind}, not data", kind="not-data", where=call.label)
    if api.format != "json":
        _message(answer, call)
    return None


def parse_json(body: bytes, where: str) -> Any:
    """The JSON of a body.

    Raises:
        UnavailableError: it is none, or broke off.
    """
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        shown = " ".join(body[:_SHOWN].decode("utf-8", "replace").split())
        raise UnavailableError(
            f"the answer is not whole JSON: {shown!r} …", kind="not-data", retriable=True, where=where
        ) from error


def message(given: Any, where: str) -> UnavailableError:
    """The error for a JSON that holds a message where rows should be."""
    text = _deep(given) or "an answer without rows and without a reason"
    return UnavailableError(
        f"a message, not data: {text[:_SHOWN]}",
        kind="not-data",
        retriable=bool(_PASSES.search(text)),
        where=where,
        hint="" if _PASSES.search(text) else "check the codes and periods asked",
    )


def _deep(given: Any) -> str:
    """The message within a JSON, by the names such messages have."""
    if isinstance(given, str):
        return " ".join(given.split())
    if isinstance(given, list):
        return next((text for one in given[:3] if (text := _deep(one))), "")
    if isinstance(given, dict):
        for name in (
            "message",
            "errorMessage",
            "error",
            "errorObject",
            "label",
            "detail",
            "title",
            "faultstring",
        ):
            if text := _deep(given.get(name)):
                return text
    return ""


def _said(body: bytes) -> str:
    """What an error answer says, short; empty for pages and bytes."""
    if not body or b"\0" in body[:_LOOKED]:
        return ""
    if _PAGE.match(body[:_LOOKED]):
        title = _TITLE.search(body[:_LOOKED])
        return f": {' '.join(title[1].decode('utf-8', 'replace').split())[:_SHOWN]}" if title else ""
    text = body[:_LOOKED].decode("utf-8", "replace")
    try:
        text = _deep(json.loads(text)) or text
    except (ValueError, RecursionError):
        text = re.sub(r"<[^>]+>", " ", text)
    return f": {' '.join(text.split())[:_SHOWN]}"


def _page(answer: Answer, call: Call) -> None:
    """A web page where data should be."""
    head = answer.body[:_LOOKED]
    wall = "cf-mitigated" in answer.headers
    if not wall and not _PAGE.match(head):
        return
    look = answer.body[: 16 * _LOOKED]
    own = "open the page in a browser, save the file there and load it: tidewaiter load FILE"
    if _KEY_PAGE.search(look):
        raise UnavailableError(
            "a web page says the key is missing or wrong", kind="key", where=call.label, hint="check the key"
        )
    if wall or _WALL.search(look):
        raise UnavailableError(
            "a wall against robots answered; it is not climbed", kind="bot-wall", where=call.label, hint=own
        )
    if (answer.redirects and _LOGIN_PATH.search(answer.address)) or _LOGIN.search(look):
        raise UnavailableError(
            f"a page to log in answered ({answer.address})", kind="login", where=call.label, hint=own
        )
    if answer.status == _OK and b"<table" in answer.body.lower():
        return  # some publications are pages with tables; a source decides
    raise UnavailableError(f"a web page answered{_said(head)}", kind="not-data", where=call.label, hint=own)


def _looks_like(body: bytes, api: Api) -> bool:
    """Bytes that are data though their label says otherwise."""
    start = body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    return start in {b"[", b"{"} if api.format == "json" else b"\0" not in body[:_LOOKED] and start != b"<"


def _message(answer: Answer, call: Call) -> None:
    """An error message saved as CSV with status 200."""
    blob = Blob(call.label or "answer", answer.body)
    if not REFUSED.sniff(blob) or b"<table" in answer.body.lower():
        return
    try:
        REFUSED.read(blob)
    except FaultsError as error:
        text = error.faults[0].problem
    raise UnavailableError(
        f"the answer {text}", kind="not-data", retriable=bool(_PASSES.search(text)), where=call.label
    )
