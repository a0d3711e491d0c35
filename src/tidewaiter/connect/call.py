"""One request and one answer, as values. Neither ever holds a key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Call:
    """A request before any key is put to it.

    Attributes:
        api: which API.
        address: scheme, host and path; of a given address also its query.
        params: names and values that follow the question mark.
        body: JSON of a request that is sent (POST); empty: the address is asked for (GET).
        label: the question in a few words, for progress and file names.
        suffix: of the file the answer is kept as (``json``, ``csv``), empty where unknown.
    """

    api: str
    address: str
    params: tuple[tuple[str, str], ...] = ()
    body: str = ""
    label: str = ""
    suffix: str = ""

    @property
    def shown(self) -> str:
        """The address with its parameters, as archived and told."""
        if not self.params:
            return self.address
        sign = "&" if "?" in self.address else "?"
        return f"{self.address}{sign}{urlencode(self.params)}"

    @property
    def digest(self) -> str:
        """What makes two calls the same: address, parameters and body.

        Examples:
            >>> a = Call("x", "https://example.org/d", (("p", "1"),), label="one")
            >>> a.digest == Call("x", "https://example.org/d", (("p", "1"),), label="two").digest
            True
        """
        return hashlib.sha256(f"{self.shown}\n{self.body}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, transport codings (gzip) undone.

    Attributes:
        status: HTTP status.
        headers: the ones that matter, names in small letters.
        body: the bytes.
        address: where it came from after redirects, without a key.
        redirects: how many there were.
        told: the answer told its length, or was sent in marked pieces: that it is whole is certain.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    address: str = ""
    redirects: int = 0
    told: bool = True
