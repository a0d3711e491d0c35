"""What the reader knows at one place of a text: who is spoken of, when, and in what mood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

WORLD = "W00"
HOME = "TWN"


class Subject(NamedTuple):
    """The series spoken of."""

    indicator: str = "exports"
    reporter: str = HOME
    partner: str = WORLD
    commodity: str = "total"

    def but(self, **slots: str) -> Subject:
        """The same subject with some slots exchanged."""
        return self._replace(**slots)


@dataclass(frozen=True, slots=True)
class Mode:
    """What a percentage without a word of its own is: growth with its sign, a share, a ratio."""

    kind: str = ""
    sign: int = 1
    basis: str = ""


@dataclass(slots=True)
class Draft:
    """A claim in the making, its span in the normalised text."""

    start: int
    end: int
    subject: Subject
    period: str
    statistic: str
    of: str
    value: str
    unit: str
    hedge: str = "exact"
    modality: str = "observed"
    candidates: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Named:
    """Which slots the sentence (or the part of it since a semicolon) has named itself."""

    flow: bool = False
    commodity: bool = False
    partner: bool = False
    period: bool = False


@dataclass(slots=True)
class State:
    """Everything carried along while reading.

    Attributes:
        subject: the series spoken of.
        topic: commodity the document is about, ``total`` for most.
        period: the period spoken of.
        main: the period to which a new sentence returns.
        mode: what a lone percentage is.
        basis: yoy, mom, qoq as named by 較上月 and the like, for the next growth.
        base: a base period named by 較2017年.
        modality: observed, forecast, target, consensus.
        named: what the sentence named.
        told: (subject, period) pairs that already have a level, to see when a span has been dealt with.
        sizes: period → the level of all exports or imports told of it first, to see of which period one
            told without any must be.
        group: several commodities, partners, flows or periods named in a row, for 分別 and "both".
        slot: which slot ``group`` is of.
        series: the series themselves, when ``slot`` is ``series``.
        at: the next of ``group`` to take a number; −1 while nothing is distributed.
        mark: where the words of the next claim begin.
        last_sign: sign of the growth told last.
        exporters: areas named now are reporters (主要國家出口).
        claimed: some claim has been made, so an older month named now is a look back.
        rate: what the last percentage was, to read one it is compared with.
        month_named: some month has been named, so ``main`` is one.
        peers: a heading has announced other countries' trade: areas are reporters until the next heading.
        rising: sign of the amounts in a list of those that rose (增加者依序為…) or fell; 0 outside one.
        aside: the subject to come back to after a remark on something else.
    """

    subject: Subject = field(default_factory=Subject)
    topic: str = "total"
    period: str = ""
    main: str = ""
    mode: Mode = field(default_factory=Mode)
    basis: str = ""
    base: str = ""
    modality: str = "observed"
    named: Named = field(default_factory=Named)
    told: set[tuple[Subject, str]] = field(default_factory=set)
    sizes: dict[str, float] = field(default_factory=dict)
    group: list[str] = field(default_factory=list)
    slot: str = ""
    series: list[Subject] = field(default_factory=list)
    at: int = -1
    mark: int = -1
    last_sign: int = 0
    exporters: bool = False
    month_named: bool = False
    claimed: bool = False
    rate: Mode = field(default_factory=Mode)
    peers: bool = False
    rising: int = 0
    aside: Subject | None = None
