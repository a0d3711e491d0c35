"""The rules over tables: the code of each, by the identifier under which ``rules.yml`` declares it."""

from __future__ import annotations

from tidewaiter.engine.audit.additivity import members, partners
from tidewaiter.engine.audit.completeness import gaps
from tidewaiter.engine.audit.coverage import coverage
from tidewaiter.engine.audit.declared import declared
from tidewaiter.engine.audit.digits import levels, one_level
from tidewaiter.engine.audit.jumps import jumps
from tidewaiter.engine.audit.single import duplicates, marks, signs
from tidewaiter.engine.audit.table_rule import TableRule

CHECKS = {
    "duplicate": duplicates,
    "complete": gaps,
    "sum.members": members,
    "sum.partners": partners,
    "sum.levels": levels,
    "one.level": one_level,
    "unit.jump": jumps,
    "coverage": coverage,
    "sign": signs,
    "preliminary": marks,
}

TABLE_RULES = tuple(
    TableRule(**vars(rule), check=CHECKS[name]) for name, rule in declared().items() if name in CHECKS
)
