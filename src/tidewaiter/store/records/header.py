"""What a file of records says of itself."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from tidewaiter.errors import StoreError

FORMAT = "tidewaiter-records/1"
KEY = b"tidewaiter"
_CODE = re.compile(r"([A-Z]*?)(\d{2,})\Z")
REPORTED, SUPPRESSED = 0, 1
BOOKED_ELSEWHERE, LEFT_OUT = "booked_elsewhere", "left_out"


def digits_of(code: str) -> str:
    """The digits of a coded commodity; empty for one that is only named.

    Examples:
        >>> digits_of("HS847150"), digits_of("BAZG01110100"), digits_of("ict_av")
        ('847150', '01110100', '')
    """
    match = _CODE.match(code)
    return match[2] if match else ""


def scheme_of(code: str) -> str:
    """The letters before the digits (``HS``, ``CCC``); empty for one that is only named."""
    match = _CODE.match(code)
    return match[1] if match else ""


def chapter_of(code: str) -> str:
    """The first two digits of a coded commodity; empty for one that is only named.

    Examples:
        >>> chapter_of("HS847150"), chapter_of("8471"), chapter_of("ict_av")
        ('84', '84', '')
    """
    return digits_of(code)[:2]


def in_order(codes: set[str]) -> tuple[str, ...]:
    """Commodity codes so that a chapter, and any code's subdivisions, stand together."""
    return tuple(sorted(codes, key=lambda code: (chapter_of(code), digits_of(code) or code, code)))


@dataclass(frozen=True, slots=True)
class Block:
    """The records of one flow and one chapter.

    Attributes:
        flow: place in the header's flows.
        chapter: two digits, empty for commodities that are only named.
        first_group: its first row group.
        groups: how many row groups it has.
        rows: how many records.
        digest: of its content, whatever the code lists around it; equal digests, equal records.
    """

    flow: int
    chapter: str
    first_group: int
    groups: int
    rows: int
    digest: str


@dataclass(frozen=True)
class Header:
    """Code lists, unit and coverage of a file of records.

    Attributes:
        reporter: whose records, as in keys.
        unit: unit of the values before ``scale`` (``USD``, ``1e6 USD``).
        scale: values are integers in ``10**-scale`` of the unit.
        flows, commodities, partners: code lists, as in keys.
        measure: as in keys; empty is the value.
        step: months from one period to the next: 1 for monthly records, 12 for yearly ones.
        covered: flow → months (ordinals) for which the office has published records. A series without a
            row in a covered month traded nothing: it is zero there. A month not covered is missing, or not
            yet published where it lies after the last one covered.
        suppressed: where withheld values stand: ``left_out`` (sums over them are not known) or
            ``booked_elsewhere`` (the office puts them under another code: sums of more than one are whole).
        totals: flow → sum of each covered month, as integers; the cube must come to the same.
        withheld: flow → months in which a value is withheld.
        dataset, release: what they were made from.
        blocks: the blocks in the file's order.
    """

    reporter: str
    unit: str
    scale: int
    flows: tuple[str, ...]
    commodities: tuple[str, ...]
    partners: tuple[str, ...]
    measure: str = ""
    step: int = 1
    covered: dict[str, tuple[int, ...]] = field(default_factory=dict)
    suppressed: str = LEFT_OUT
    totals: dict[str, tuple[int, ...]] = field(default_factory=dict)
    withheld: dict[str, tuple[int, ...]] = field(default_factory=dict)
    dataset: str = ""
    release: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """First and last month covered by any flow."""
        months = [month for covered in self.covered.values() for month in covered]
        if not months:
            raise StoreError("the records cover no month", where=self.release or self.dataset)
        return min(months), max(months)

    @property
    def rows(self) -> int:
        """How many records."""
        return sum(block.rows for block in self.blocks)

    def to_json(self) -> bytes:
        """For the file's metadata."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, text: bytes | None, where: str) -> Header:
        """Read it back.

        Raises:
            StoreError: the file holds no records of this format.
        """
        if text is None:
            raise StoreError("the file holds no records", hint="make it with write_release", where=where)
        try:
            told: dict[str, Any] = json.loads(text)
            if told.pop("format") != FORMAT:
                raise StoreError("the records have another format", hint="write them again", where=where)
            for name in ("flows", "commodities", "partners"):
                told[name] = tuple(told[name])
            for name in ("covered", "totals", "withheld"):
                told[name] = {flow: tuple(numbers) for flow, numbers in told[name].items()}
            told["blocks"] = tuple(Block(**block) for block in told["blocks"])
            return cls(**told)
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError("the header of the records does not read", where=where) from error
