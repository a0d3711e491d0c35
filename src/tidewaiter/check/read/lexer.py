"""One pass over the text: every sign is looked at once, by one compiled alternation.

Order of the alternatives: phrases of the phrasebook, numbers with units, periods, names and words (longest
first), boundaries. What none of them knows is skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tidewaiter.check.read import starts
from tidewaiter.check.read.numbers import MAKERS, NUMBERS_EN, NUMBERS_ZH
from tidewaiter.check.read.periods import PERIOD_EN, PERIOD_ZH
from tidewaiter.check.read.ranges import link_ranges
from tidewaiter.check.read.tokens import Token
from tidewaiter.nomenclature import areas, commodities, flows
from tidewaiter.phrases.book import Word, phrasebook, slots_of, words
from tidewaiter.phrases.first import first_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tidewaiter.check.read.normal import Normal

_GUESS = Word("forecast")
_SHORT = {
    "美": "USA", "中": "CHN", "日": "JPN", "歐": "EUROPE", "陸": "CHN", "韓": "KOR", "港": "HKG", "星": "SGP",
    "澳": "AUS", "德": "DEU", "越": "VNM", "泰": "THA", "印": "IND", "荷": "NLD",
    "陸港": "CHN+HKG", "中港": "CHN+HKG", "兩岸": "",
}  # fmt: skip
_ALSO = {
    "資訊通信": "ict_products", "資訊與通信": "ict_products", "資通訊": "ict_products", "資通": "ict_av",
    "積體電路": "ic",
}  # fmt: skip
_ALSO_EN = {
    **dict.fromkeys(
        ("telecommunications products", "telecom products", "telecommunication products"),
        ("commodity", "ict_products"),
    ),
    **dict.fromkeys(
        ("orders produced overseas", "overseas production", "orders produced abroad", "offshore production"),
        ("flow", "overseas_production_ratio"),
    ),
    **dict.fromkeys(
        ("production of", "output of", "production in", "output in"), ("flow", "industrial_production")
    ),
    "manufacturing": ("flow", "manufacturing_production"),
}
"""Short names that are read but never written."""
_SHORT_ZH = (
    r"(?<=[對輸銷自])(?:陸港|中港|[美中日歐陸韓港星澳德越泰印荷])(?=[、及與和出進外貿順逆規增減占佔成年接訂輸衰負大市的是為也則都已仍又還才就])"
    r"|(?<=[、及與和])[美中日歐陸韓](?=(?:出口|進口|外銷|市場))"
)
_STOPS_ZH = (
    r"(?P<stop>[。！？!?])|(?P<semi>[；;])|(?P<comma>[，,])|(?P<enum>、)|(?P<para>\n)|"
    r"(?P<open>[(（「『【《\[])|(?P<close>[)）」』】》\]])|(?P<colon>[:：])"
)
_STOPS_EN = (
    r"(?P<stop>[.!?](?=[\s\"')\]]|\Z))|(?P<semi>;)|(?P<comma>,(?!\d)| - |--)|(?P<para>\n)|"
    r"(?P<open>[(\[])|(?P<close>[)\]])|(?P<colon>:)"
)
_GUESS_ZH = (
    r"(?P<guess>(?<![資原材飼塑物不意燃肥飲塗缺用進史佐預])料(?=[寫將可續為達落較年呈持再增減會有介在於仍]))"
)
_MOVES_ZH = r"(?P<up>[升漲揚](?=(?:了|約|近|逾)?\d))|(?P<fell>[降跌](?=(?:了|約|近|逾)?\d))"
_MOVES = {"up": Word("growth", 1), "fell": Word("growth", -1)}
"""升6.3個百分點: a single sign right before its number."""
_CLAUSE = {"zh": re.compile(r"[。！？；，\n]"), "en": re.compile(r"[.!?;](?=\s+[A-Z\"(])|\n")}


@dataclass(frozen=True)
class Lexicon:
    """What the lexer of one language knows.

    Attributes:
        scanner: the compiled alternation.
        light: the same without phrases.
        trigger: what a clause must hold for phrases to be tried.
        names: text → (kind, code, word).
        lang: the language.
    """

    scanner: re.Pattern[str]
    light: re.Pattern[str]
    trigger: re.Pattern[str]
    names: dict[str, tuple[str, str, Word]]
    lang: str


class _Node(dict[str, "_Node"]):
    """Sign → what may follow it; the empty sign ends a word."""


def _trie(texts: Iterable[str]) -> str:
    """One regular expression for many words, longest match first, branching sign by sign."""
    root = _Node()
    for text in texts:
        node = root
        for sign in text:
            node = node.setdefault(sign, _Node())
        node[""] = _Node()
    return _branch(root)


def _branch(node: _Node) -> str:
    ends = "" in node
    parts = [re.escape(sign) + _branch(rest) for sign, rest in node.items() if sign]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body


def _names(lang: str) -> dict[str, tuple[str, str, Word]]:
    known: dict[str, tuple[str, str, Word]] = {}
    fold = str.casefold if lang == "en" else str
    for text, word in words(lang).items():
        known[text] = ("word", word.code, word)
    for kind, codes in (("area", areas()), ("commodity", commodities()), ("flow", flows())):
        for name, code in codes.aliases(lang).items():
            key = fold(name.replace(" ", "") if lang == "zh" and not name.isascii() else name)
            if known.get(key, ("",))[0] != "word":
                known[key] = (kind, code, Word(""))
    for name, code in _ALSO.items() if lang == "zh" else ():
        known.setdefault(name, ("commodity", code, Word("")))
    for name, (kind, code) in _ALSO_EN.items() if lang == "en" else ():
        known.setdefault(name, (kind, code, Word("")))
    for name in ("合計", "總計", "總值", "total", "價格", "price", "匯率", "sales"):
        known.pop(name, None)
    return known


def guarded(pattern: str, lang: str) -> str:
    """The pattern behind a look at the next sign: where none of its first signs stands it is not tried."""
    signs = first_signs(pattern)
    if not signs:
        return pattern
    if lang == "en":
        signs = frozenset(form for sign in signs for form in (sign.lower(), sign.upper()))
    return f"(?=[{''.join(re.escape(sign) for sign in sorted(signs))}]){pattern}"


def _together(patterns: list[str], lang: str) -> str:
    """All phrases behind one guard, each behind its own."""
    body = "|".join(guarded(pattern, lang) for pattern in patterns)
    return guarded(f"(?:{body})", lang) if lang == "zh" else f"{phrasebook().lead(lang)}(?:{body})"


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of a language, built once."""
    book = phrasebook()
    numbers = NUMBERS_ZH if lang == "zh" else NUMBERS_EN
    names = _names(lang)
    phrases = [pattern for _, _, pattern in book.patterns(lang)]
    order = (
        ("index", "bare", "amount", "pp", "percent")
        if lang == "zh"
        else ("index", "bare", "pp", "percent", "amount")
    )
    period = f"(?P<period>{PERIOD_ZH if lang == 'zh' else PERIOD_EN})"
    counted = [guarded(f"(?P<{kind}>{numbers[kind]})", lang) for kind in order]
    parts = [guarded(period, lang), *counted] if lang == "en" else [*counted, guarded(period, lang)]
    trie = _trie(sorted(names, key=len, reverse=True))
    if lang == "zh":
        parts += [_GUESS_ZH, _MOVES_ZH, f"(?P<short>{_SHORT_ZH})", f"(?P<name>{trie})", _STOPS_ZH]
    else:
        parts += [rf"(?P<name>(?<![A-Za-z0-9])(?:{trie})(?![A-Za-z0-9$]))", _STOPS_EN]
    flags = re.IGNORECASE if lang == "en" else 0
    light, full = "|".join(parts), "|".join([_together(phrases, lang), *parts])
    trigger = re.compile(book.trigger(lang))
    return Lexicon(re.compile(full, flags), re.compile(light, flags), trigger, names, lang)


def lex(normal: Normal, lang: str) -> list[Token]:
    """The tokens of a text in order, ranges linked, soft breaks put in."""
    tokens = link_ranges(list(_scan(normal.text, lexicon(lang))), normal.text)
    return list(_with_soft(tokens, normal.soft)) if normal.soft else tokens


def _matches(text: str, lexis: Lexicon) -> Iterator[tuple[int, re.Match[str]]]:
    """Clause by clause, phrases only where one can be; each match with the place it begins at."""
    at, folded = 0, text.lower() if lexis.lang == "en" else text  # a search that folds itself is far slower
    ends = [found.end() for found in _CLAUSE[lexis.lang].finditer(text)]
    for end in (*ends, len(text)):
        if not lexis.trigger.search(folded, at, end):
            yield from ((found.start(), found) for found in lexis.light.finditer(text, at, end))
        elif lexis.lang == "zh":
            yield from ((found.start(), found) for found in lexis.scanner.finditer(text, at, end))
        else:
            for start, phrase in starts.phrases(text, at, end):
                yield from ((found.start(), found) for found in lexis.light.finditer(text, at, start))
                yield start, phrase
                at = phrase.end()
            yield from ((found.start(), found) for found in lexis.light.finditer(text, at, end))
        at = end


def _scan(text: str, lexis: Lexicon) -> Iterator[Token]:
    entries = {group: entry for group, entry, _ in phrasebook().patterns(lexis.lang)}
    makers = MAKERS[lexis.lang]
    for start, match in _matches(text, lexis):
        group, end = match.lastgroup or "", match.end()
        if entry := entries.get(group):
            yield Token("phrase", start, end, text[start:end], entry=entry, slots=slots_of(match, group))
        elif maker := makers.get(group):
            yield maker(match)
        elif group == "name":
            key = match[0].casefold() if lexis.lang == "en" else match[0]
            kind, code, word = lexis.names[key]
            yield Token(kind, start, end, match[0], code=code, word=word)
        elif group == "short":
            yield Token("area", start, end, match[0], code=_SHORT[match[0]])
        elif group == "guess" or group in _MOVES:
            yield Token("word", start, end, match[0], word=_MOVES.get(group, _GUESS))
        else:
            yield Token(group, start, end, match[0])


def _with_soft(tokens: list[Token], soft: frozenset[int]) -> Iterator[Token]:
    places = sorted(soft)
    at = 0
    for token in tokens:
        while at < len(places) and places[at] <= token.start:
            yield Token("soft", places[at], places[at], "")
            at += 1
        while at < len(places) and places[at] < token.end:
            at += 1
        yield token
