"""Files that hold names and codes and no observations: known for what they are, and refused for it.

Loading them would put nothing into a store. What a user wants from them is carried with the program
(``tidewaiter define``, ``tidewaiter search``) or stands beside the data they belong to.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError, UnparsableError
from tidewaiter.sources.delimited import header_of

if TYPE_CHECKING:
    from tidewaiter.model.release import Reading
    from tidewaiter.sources.protocol import Blob

_SNIFFED = 2_000_000  # bytes; a locale file of a language is far smaller


class NoObservationsError(FaultsError):
    """A file we know that holds no observations."""

    title = "A list, not observations; nothing was loaded"

    def __init__(self, file: str, what: str, hint: str) -> None:
        super().__init__([Fault(file, f"this is {what}; it holds no observations", hint)])


@dataclass(frozen=True, slots=True)
class Known:
    """A list we know by the columns of its header.

    Attributes:
        columns: what the header must have.
        what: what it is, after "this is".
        hint: where its content is to be had.
    """

    columns: tuple[str, ...]
    what: str
    hint: str


_DEFINE = "names and codes are carried: `tidewaiter define 847150`, `tidewaiter search WORDS`"
_COMPANIES = "monthly revenue is what loads of companies (MOPS, 營業收入-當月營收)"
LISTS = (
    Known(("code.after", "code.before", "Relationship"), "a concordance between editions of the HS", _DEFINE),
    Known(
        ("ISO3166-1-Alpha-3", "M49"), "a list of country codes", "areas are carried: `tidewaiter define USA`"
    ),
    Known(("category_zh", "hs_prefixes"), "a list of commodity groups and HS prefixes", _DEFINE),
    Known(("market", "code", "name", "isin"), "a list of listed companies", _COMPANIES),
    Known(("代號", "名稱", "產業鏈代碼"), "a map of value chains (company × chain)", _COMPANIES),
    Known(
        ("位置", "子分類", "代號", "名稱"), "a list of one value chain (company × place in it)", _COMPANIES
    ),
    Known(
        ("代號", "名稱", "市場別", "產業別"),
        "a third party's matrix of companies and themes, not official",
        _COMPANIES,
    ),
    Known(
        ("item", "rule", "value", "applies_from"),
        "a list of thresholds of the cycle signal",
        "the signal itself loads: 景氣指標與燈號, period,score,light_from_score",
    ),
)


class Lists:
    """Recognises lists; reading one says what it is."""

    name = "lists"

    def sniff(self, blob: Blob) -> bool:
        """It is one of the lists we know."""
        return bool(self.what(blob))

    def read(self, blob: Blob) -> list[Reading]:
        """Never returns.

        Raises:
            NoObservationsError: always, with what the file is.
        """
        what, hint = self.what(blob) or ("a list", "")
        raise NoObservationsError(blob.name, what, hint)

    def what(self, blob: Blob) -> tuple[str, str] | None:
        """What the list is and where its content is to be had; None when it is none we know."""
        if blob.is_workbook:
            return ("a list of HS codes with their names", _DEFINE) if _is_hs_workbook(blob) else None
        if blob.text.lstrip()[:1] == "{":
            return _json(blob)
        if blob.text[:200].split()[:2] == ["HS_NO", "NOTE"]:
            return "a list of CCC codes with their names", _DEFINE
        for known in LISTS:
            if header_of(blob, known.columns):
                return known.what, known.hint
        return None


SOURCE = Lists()


def _json(blob: Blob) -> tuple[str, str] | None:
    if len(blob.data) > _SNIFFED or '"localeDisplayNames"' not in blob.text[:2000]:
        return None
    try:
        locales = json.loads(blob.text)["main"]
        named = all("territories" in locale["localeDisplayNames"] for locale in locales.values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not named:
        return None
    return "a list of territory names (CLDR)", "areas are carried: `tidewaiter define 美國`"


def _is_hs_workbook(blob: Blob) -> bool:
    from tidewaiter.sources.grid import read_grids  # noqa: PLC0415 — the spreadsheet library is slow to import

    try:
        grids = read_grids(blob.data)
    except UnparsableError:
        return False
    return any(
        {"id", "text", "parent", "isLeaf"} <= {str(cell) for row in grid.rows[:3] for cell in row}
        for grid in grids
    )
