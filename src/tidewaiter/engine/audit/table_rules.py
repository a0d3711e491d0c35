"""The rules over tables, in the order they are told."""

from __future__ import annotations

from tidewaiter.engine.audit.additivity import MEMBERS, PARTNERS
from tidewaiter.engine.audit.completeness import COMPLETE
from tidewaiter.engine.audit.coverage import COVERAGE
from tidewaiter.engine.audit.digits import LEVELS, ONE_LEVEL
from tidewaiter.engine.audit.jumps import JUMPS

TABLE_RULES = (COMPLETE, MEMBERS, PARTNERS, LEVELS, ONE_LEVEL, JUMPS, COVERAGE)
