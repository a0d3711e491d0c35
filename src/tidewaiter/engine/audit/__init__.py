"""The audit: every derived number a release prints, recomputed from its levels.

Rules are data (``rules.yml``: label, description, origin, severity, tolerance), the code of each is found
by its identifier; a run counts what agrees, disagrees and
cannot be checked, and keeps the cell, the printed value and the interval its inputs allow.

A disagreement is a finding, not a verdict: it may be a slip, a rate taken from another vintage or in
another currency, or a number of another office printed as that office gave it.
"""

from tidewaiter.engine.audit.declared import Declared, declared, declared_for
from tidewaiter.engine.audit.lines import Audit, Line, Status
from tidewaiter.engine.audit.run import RULES, Rule, audit
from tidewaiter.engine.audit.table_rule import TableRule

__all__ = [
    "RULES",
    "Audit",
    "Declared",
    "Line",
    "Rule",
    "Status",
    "TableRule",
    "audit",
    "declared",
    "declared_for",
]
