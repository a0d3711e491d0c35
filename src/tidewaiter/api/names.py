"""Keys as people write them: codes or names, in Chinese or English, HS codes bare.

``TWN.出口.資通與視聽產品.美國``, ``Taiwan.exports.847150`` and ``twn.exports.HS847150.W00`` all resolve to
codes. A part that the store itself uses as a code is taken as it stands. A name nobody knows is an
error with candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.errors import UnknownNameError
from tidewaiter.model.key import Key
from tidewaiter.nomenclature import areas, commodities, companies, flows
from tidewaiter.nomenclature.codelist import commodity_code, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_MEASURES = {
    "sa": ("sa", "seasonally adjusted", "季調", "季節調整"),
    "sa_ma3": ("sa_ma3", "季調三個月平均"),
    "twd": ("twd", "NT$", "NTD", "新臺幣", "台幣"),
}
_DIMENSIONS = ("reporter", "flow", "commodity", "partner", "measure")


def resolve(text: str, known: Sequence[Collection[str]] = ()) -> Key:
    """The key of a text whose parts are codes, names or ``*``.

    Args:
        text: ``reporter.flow.commodity.partner[.measure]``.
        known: the codes the store uses in each part of its keys; they are taken as they stand.

    Examples:
        >>> resolve("台灣.出口.資通與視聽產品.美國")
        Key('TWN.exports.ict_av.USA')
        >>> resolve("TWN.exports.847150")
        Key('TWN.exports.HS847150.W00')

    Raises:
        UnparsableError: the text does not have the form of a key.
        UnknownNameError: a part is neither a code nor a name; candidates are listed.
    """
    written = Key.parse(text)
    used = known or ((),) * len(_DIMENSIONS)
    goods = _company if flows().find(written.flow) == "revenue" else _commodity
    readers: tuple[Callable[[str], str], ...] = (_area, _flow, goods, _area, _measure)
    parts = (
        part if part in ("", "*") or part in codes else read(part)
        for codes, part, read in zip(used, written.parts(), readers, strict=True)
    )
    return Key(*parts)


def _flow(name: str) -> str:
    return flows().code_of(name)


def _area(name: str) -> str:
    return _union(name, areas().find, areas().code_of)


def _commodity(name: str) -> str:
    return _union(name, commodities().find, commodity_code)


def _company(name: str) -> str:
    """Revenue is of companies: ``2330`` is a stock code there, not a heading of the HS."""
    return companies.find(name) or _commodity(name)


def _union(name: str, find: Callable[[str], str | None], code_of: Callable[[str], str]) -> str:
    """A name the list holds, or several joined by ``+``."""
    if "+" in name and find(name) is None:
        return "+".join(code_of(part.strip()) for part in name.split("+"))
    return code_of(name)


def _measure(name: str) -> str:
    for code, names in _MEASURES.items():
        if fold(name) in {fold(known) for known in names}:
            return code
    raise UnknownNameError.of("measure", name, list(_MEASURES))


def label(key: Key, lang: str) -> str:
    """A key in words: ``出口 資通與視聽產品 → 美國``.

    Examples:
        >>> label(Key.parse("TWN.exports.ict_av.USA"), "en")
        'Taiwan, exports, ICT and audio-video products, the United States'
    """
    joint = "，" if lang == "zh" else ", "
    parts = (
        areas().label(key.reporter, lang),
        flows().label(key.flow, lang),
        commodities().label(key.commodity, lang) if key.commodity != "total" else "",
        areas().label(key.partner, lang) if key.partner != "W00" else "",
        key.measure,
    )
    return joint.join(part for part in parts if part)
