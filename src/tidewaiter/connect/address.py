"""Which addresses may be asked. A name is looked up once, checked, and the address found is the one asked.

A name that leads into a private network (loopback, a home or office network, link-local, a carrier's, a
cloud's own) is refused unless the user allows it, also after a redirect and also when only one of its
addresses does: a file of links must not make this machine ask its own neighbours.
"""

from __future__ import annotations

import ipaddress
import socket

from tidewaiter.errors import UnavailableError, UsageError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOW = 32


def check_scheme(scheme: str, shown: str, *, userinfo: bool) -> None:
    """Only http and https, and no user name within.

    Raises:
        UsageError: anything else.
    """
    if scheme not in {"http", "https"}:
        raise UsageError(f"{shown} is no web address", hint="https://… ; a file is loaded with `load FILE`")
    if userinfo:
        raise UsageError("an address must not hold a user name or password", hint="leave that part out")


def look_up(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host, in the order the system prefers.

    Args:
        host: a name or an address.
        port: of the service.
        allow_private: private networks may be asked.

    Raises:
        UnavailableError: the name is not known, or leads into a private network.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnavailableError(
            f"the name {host} is not found",
            kind="unreachable",
            retriable=True,
            hint="check the name and the connection",
        ) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private and any(is_private(address) for address in addresses):
        raise UnavailableError(
            f"{host} lies in a private network",
            kind="private",
            hint="--allow-private asks it all the same",
        )
    return addresses


def is_private(address: str) -> bool:
    """The address is not one of the open Internet.

    Examples:
        >>> [is_private(a) for a in ("127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "192.0.66.2")]
        [True, True, True, False]
    """
    given = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(given, ipaddress.IPv6Address):
        inner = given.ipv4_mapped or given.sixtofour
        if given in _NAT64:
            inner = ipaddress.IPv4Address(int(given) & ((1 << _LOW) - 1))
        if inner is not None:
            given = inner
    return not given.is_global or given.is_multicast
