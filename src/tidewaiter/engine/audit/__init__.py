"""The audit: every derived number a release prints, recomputed from its levels.

Rules are data with a label, a description and an origin; a run counts what agrees, disagrees and
cannot be checked, and keeps the cell, the printed value and the interval its inputs allow.

A disagreement is a finding, not a verdict: it may be a slip, a rate taken from another vintage or in
another currency, or a number of another office printed as that office gave it.
"""

from tidewaiter.engine.audit.lines import Audit, Line, Status
from tidewaiter.engine.audit.run import RULES, Rule, audit
from tidewaiter.engine.audit.table_rule import TableRule

__all__ = ["RULES", "Audit", "Line", "Rule", "Status", "TableRule", "audit"]
