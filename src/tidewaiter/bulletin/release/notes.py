"""Sources and notes of the release: which vintages were used for what, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import day_text, month_text
from tidewaiter.bulletin.naming import publisher_in, title_in
from tidewaiter.bulletin.release.desk import BALANCE, DATASET, EXPORTS, Desk
from tidewaiter.bulletin.release.spec import SCHEMES
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from tidewaiter.engine.edition import Edition
    from tidewaiter.model.release import Release


def sources(desk: Desk) -> tuple[str, ...]:
    """The release itself, then what carries history."""
    used = [desk.pen.own.editions[0], *(edition for edition, _ in _carriers(desk))]
    return tuple(_source(desk, edition.release) for edition in used)


def _carriers(desk: Desk) -> list[tuple[Edition, Period]]:
    """The releases with months before the first one of the month's own release, and since when."""
    own = _first_month(desk.pen.own.editions[0])
    starts = [(edition, _first_month(edition)) for edition in desk.pen.history.editions[1:]]
    return [(edition, start) for edition, start in starts if start and own and start < own]


def _first_month(edition: Edition) -> Period | None:
    return min((period for period in edition.levels[EXPORTS] if period.is_month), default=None)


def _source(desk: Desk, release: Release) -> str:
    publisher = publisher_in(release, desk.lang)
    day = day_text(release.published, desk.lang)
    return desk.say.text("source", publisher=publisher, title=_title(desk, release), day=day)


def _title(desk: Desk, release: Release) -> str:
    """A release by its title in the language: of a title in both, the half that is in it."""
    if release.dataset == DATASET:
        return desk.say.text("title", month=month_text(Period.parse(release.edition), desk.lang, year=True))
    return title_in(release.title, desk.lang)


def notes(desk: Desk) -> tuple[str, ...]:
    """How to read the figures."""
    say, lang, release = desk.say, desk.lang, desk.release
    found = [say.text("note.preliminary" if desk.is_first else "note.restated"), say.text("note.rounding")]
    if not desk.is_first:
        day = day_text(release.published, lang)
        found.append(say.text("note.later_release", day=day, title=_title(desk, release)))
    for edition, start in _carriers(desk):
        name = publisher_in(edition.release, lang)
        day = day_text(edition.release.published, lang)
        later = edition.release.published > release.published
        words = "note.history" if later else "note.history_known"
        found.append(say.text(words, start=month_text(start, lang, year=True), source=name, day=day))
    if since := _short_since(desk):
        found.append(say.text("note.short", start=month_text(since, lang, year=True)))
    if desk.find(EXPORTS.but(measure="twd"), "yoy") is None:
        found.append(say.text("note.no_twd"))
    missing = [
        say.text(f"part.{scheme.name}", n="").lstrip("、. ")
        for scheme in SCHEMES
        if all(desk.find(key, "level") is None for key in scheme.keys)
    ]
    if missing:
        found.append(say.text("note.missing", parts=("、" if lang == "zh" else "; ").join(missing)))
    return (*found, say.text("note.no_causes"))


def _short_since(desk: Desk) -> Period | None:
    """Since when monthly balances are known, where that is too short for records."""
    found = desk.pen.look(BALANCE, "best_in_n", desk.month, "level:all_months")
    detail = dict(found.detail) if found else {}
    return Period.parse(detail["since"]) if found and not detail["better"] else None
