"""Lists of names that come beside data (countries with their codes, goods with theirs).

They hold no observations, as :mod:`tidewaiter.sources.lists` does not: in a folder such a file is
passed over and told, named by itself it is refused with the reason; it is never taken for data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.sources.lists import NoObservationsError
from tidewaiter.sources.mapping.tabular import head_of

if TYPE_CHECKING:
    from tidewaiter.model.release import Reading
    from tidewaiter.sources.protocol import Blob

_HEADERS = (
    ("country", "numCode", "isoCode", "regCode", "validFrom", "validTo"),  # Swiss customs
    ("CO_PAIS", "CO_PAIS_ISON3", "CO_PAIS_ISOA3", "NO_PAIS"),  # Brazil, Comex Stat
    ("CO_NCM", "CO_UNID", "CO_SH6", "NO_NCM_POR"),
)
_DOTTED = re.compile(r"\d{2}(?:\.\d{1,2})*\Z")
_PAIR = 2


class Lookups:
    """Recognises lists of names; reading one says what it is."""

    name = "names"

    def sniff(self, blob: Blob) -> bool:
        """A known header of names, or rows of a dotted code and a name."""
        head = head_of(blob)
        if any(head.header(names) is not None for names in _HEADERS):
            return True
        rows = [row for row in head.rows if any(row)]
        return len(rows) > _PAIR and all(
            len(row) == _PAIR and _DOTTED.match(row[0].lstrip("\ufeff")) and not row[1][:1].isdigit()
            for row in rows
        )

    def read(self, blob: Blob) -> list[Reading]:
        """Never returns.

        Raises:
            NoObservationsError: always; names are no observations.
        """
        raise NoObservationsError(blob.name, "a list of names beside data", "load the data it belongs to")


SOURCE = Lookups()
