"""What was told from a release: the statements of its bulletins, of a file of statements, of a document.

A release our bulletins are written from gives theirs, in both languages. Any other release gives the
short statements the phrasebook has for the series that were restated: level, growth, record, streak.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tidewaiter.api.flips import Flip, Sides, flips
from tidewaiter.check.judged import Verdict
from tidewaiter.engine.book import Book
from tidewaiter.engine.large import open_edition
from tidewaiter.errors import NoFigureError, UsageError
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.period import Period
from tidewaiter.nomenclature import areas
from tidewaiter.phrases import phrasebook
from tidewaiter.phrases.numbers import amount, growth, write_number
from tidewaiter.phrases.tell import subject
from tidewaiter.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from tidewaiter.api.changes import Change, Difference
    from tidewaiter.bulletin.document import Lang
    from tidewaiter.engine.edition import Edition
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.observation import Observation
    from tidewaiter.model.release import Release

_LANGS: tuple[Lang, ...] = ("zh", "en")
_HOME = Key("TWN", "exports")
_PLACES = (("level:all_months", "record.all_months"), ("level:same_month", "record.same_month"))
_MOST = 500  # restated numbers that are told of, the largest first
_MOST_BRIEFS = 40
_HELD = (Verdict.CONFIRMED, Verdict.CONSISTENT_WITH_ROUNDING)


def flipped(
    store: Store, old: Release, new: Release, found: Difference, given: Path | None = None
) -> list[Flip]:
    """The statements told from the one release, held against the other.

    Args:
        store: the releases.
        old: what was published from.
        new: what they are held against.
        found: the numbers that differ.
        given: ``statements.json`` of a bulletin, or a document; without one, what can be told.

    Raises:
        UsageError: the file is not there, or its statements cannot be read.
    """
    if given is not None and not given.is_file():
        raise UsageError(f"there is no file {given}")
    sides = _sides(store, old, new)
    if given is not None:
        is_list = given.suffix.lower() == ".json"
        return flips(_read(given) if is_list else _claims(store, old, new, given), sides)
    told = _once(_bulletins(sides.old_history, open_edition(store, old)))
    if not told:
        restated = found.listed("restated")
        levels = [change for change in restated if change.statistic == LEVEL][:_MOST]
        told = [line for change in levels for line in _of_series(sides.old_history, change)]
    return flips(told, sides)


def _once(statements: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A headline and the text say the same: once is enough."""
    return list({(told["text"], *told["figures"]): told for told in statements}.values())


def _history(store: Store, old: Release, new: Release) -> list[Release]:
    """What serves both sides as history: the office's own, of the two datasets only what was out before."""
    first = min(old.published, new.published)
    return [
        release
        for release in store.releases()
        if release.id not in (old.id, new.id)
        and release.authority == 0
        and (release.dataset not in (old.dataset, new.dataset) or release.published < first)
    ]


def _sides(store: Store, old: Release, new: Release) -> Sides:
    history = [open_edition(store, release) for release in _history(store, old, new)]
    one, other = open_edition(store, old), open_edition(store, new)
    return Sides(Book([one]), Book([other]), Book([one, *history]), Book([other, *history]), new.id)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no JSON: {error}", hint="give statements.json of a bulletin") from error
    told = content.get("statements") if isinstance(content, dict) else content
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise UsageError(f"{path} holds no list of statements", hint="give statements.json of a bulletin")
    return told


# -- our own bulletins --------------------------------------------------------------------------


def _bulletins(book: Book, edition: Edition) -> Iterator[dict[str, Any]]:
    """The statements of the monthly release of its last month, and of the briefs on its products."""
    from tidewaiter.bulletin.brief import write_brief
    from tidewaiter.bulletin.release import write_release
    from tidewaiter.bulletin.release.known import ordered
    from tidewaiter.bulletin.render.statements import statements

    months = [period for period in edition.levels.get(_HOME) or () if period.is_month]
    if months and ordered(book.editions, max(months))[0] is not edition:
        book = Book([edition])  # another release would tell the month: this one is to
    goods = {key.commodity for key in edition.series(Key("TWN", "exports", "*", "W00"))}
    products = sorted(code for code in goods if code.startswith("HS"))[:_MOST_BRIEFS]
    for lang in _LANGS:
        if months:
            yield from statements(write_release(book, max(months), lang))
        for product in products:
            try:
                yield from statements(write_brief(Book([edition]), product, lang))
            except NoFigureError:
                continue  # too few months for a brief


# -- short statements of any series -------------------------------------------------------------


def _of_series(book: Book, change: Change) -> Iterator[dict[str, Any]]:
    """What the phrasebook tells of the number as the one release has it."""
    key, period = Key.parse(change.key), Period.parse(change.period)
    found = [book.find(key, name, period) for name in (LEVEL, "yoy")]
    level, yoy = found
    for lang in _LANGS:
        told: list[tuple[str, Figure]] = []
        if level is not None:
            told.append((_amount(level, lang), level))
        if yoy is not None:
            told.append((growth(yoy.value, lang), yoy))
        told += _in_history(book, key, period, lang, yoy)
        context = _subject(key, period, lang)
        for text, figure in told:
            yield {
                "text": text,
                "figures": [str(figure.id)],
                "values": [figure.value],
                "lang": lang,
                "context": context,
            }


def _in_history(
    book: Book, key: Key, period: Period, lang: str, yoy: Figure | None
) -> Iterator[tuple[str, Figure]]:
    for of, phrase in _PLACES if period.is_month else ():
        place = book.find(key, "rank", period, of)
        if place is not None and place.value == 1 and not place.interval.width:
            yield phrasebook().write(phrase, lang), place
            break
    streak = book.find(key, "streak", period) if period.is_month else None
    if streak is not None and yoy is not None and not streak.interval.width and streak.value > 1:
        way = "up" if yoy.value > 0 else "down"
        yield phrasebook().write(f"streak.{way}", lang, n=int(streak.value)), streak


def _amount(level: Figure, lang: str) -> str:
    value = level.value * 10.0**level.unit.power
    if level.unit.kind == "USD":
        return amount(value, lang)
    if not level.unit.adds_up:
        return f"{write_number(level.value, 2)} {level.unit}"
    number = write_number(value / 1e8, 2) if lang == "zh" else write_number(value / 1e9, 3)
    return f"{number}億 {level.unit.kind}" if lang == "zh" else f"{level.unit.kind} {number} billion"


def _subject(key: Key, period: Period, lang: str) -> str:
    who = areas().label(key.reporter, lang)
    return f"{who}{period}{subject(key, lang)}" if lang == "zh" else f"{who}, {subject(key, lang)}, {period}"


# -- a document ---------------------------------------------------------------------------------


class _Only(Store):
    """A store of which some releases are seen, whatever the day: what is asked is what they say."""

    def __init__(self, store: Store, seen: list[Release]) -> None:
        super().__init__(store.folder)
        self._seen = {release.id for release in seen}

    def releases(self, as_of: date | None = None) -> list[Release]:  # noqa: ARG002 — the day is not asked
        """Those."""
        return [release for release in super().releases() if release.id in self._seen]

    def observations(
        self,
        release: Release,
        as_of: date | None = None,  # noqa: ARG002
        key: Key | None = None,
    ) -> list[Observation]:
        """All of them."""
        return super().observations(release, None, key)


def _claims(store: Store, old: Release, new: Release, path: Path) -> list[dict[str, Any]]:
    """The claims of a document that hold by the one release, as statements of their figures."""
    from tidewaiter.check.examine import examine

    data, alone = path.read_bytes(), _Only(store, [old, *_history(store, old, new)])
    read = examine(data, name=path.name, store=alone)
    if read.published is None:  # a text without a day was written from the release
        read = examine(data, name=path.name, published=old.published, store=alone)
    return [
        {
            "text": " ".join(one.claim.text.split()),
            "number": one.claim.value,
            "figures": [str(one.judgement.figure.id)],
            "values": [one.judgement.figure.value],
        }
        for one in read.claims
        if one.judgement.verdict in _HELD and one.judgement.figure is not None
    ]
