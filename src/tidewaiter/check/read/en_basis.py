"""English bases: what a growth is compared with, told by its word or by the words around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.read import periods
from tidewaiter.check.read.en_subject import SubjectEn

if TYPE_CHECKING:
    from tidewaiter.check.read.tokens import Token

_COMPARED = re.compile(r"(?:from|than|than in|than for|over|compared with|compared to) (?:that of )?$")


class BasisEn(SubjectEn):
    """Knows yoy from mom and qoq."""

    def basis_of(self, token: Token, cue: Token | None) -> str:
        """yoy, mom, qoq: told by the word itself, else by the nearest comparison in the clause."""
        if cue is not None and cue.word.basis:
            return cue.word.basis
        if told := self._against(token):
            return told
        clause = self.clause()
        behind = [t for t in clause if t.does("base") and t.start >= token.end]
        stop = next(
            (t.start for t in clause if t.is_number and t.start > token.start and not token.role),
            len(self.text),
        )
        near = [t for t in behind if t.start < stop]
        ahead = [t for t in clause if t.does("base") and t.end <= token.start]
        chosen = near[0] if near else (ahead[-1] if ahead else None)
        return chosen.word.basis if chosen else ""

    def _against(self, token: Token) -> str:
        """From October, than in October: the month before makes it mom, the same month a year ago yoy."""
        at = (
            self.tokens.index(token, self.first) + 1
            if token in self.tokens[self.first : self.end]
            else self.at + 1
        )
        for other in self.tokens[at : min(at + 4, self.end)]:
            if other.is_claim or other.kind in ("comma", "semi"):
                break
            lead = self.text[other.start - 14 : other.start].casefold()
            if other.kind == "period" and _COMPARED.search(lead):
                there, here = self.period_of(other), self.state.period
                if periods.is_month(there) and periods.is_month(here):
                    months = int(here[:4]) * 12 + int(here[5:]) - int(there[:4]) * 12 - int(there[5:])
                    return {1: "mom", 12: "yoy"}.get(months, "")
        return ""
