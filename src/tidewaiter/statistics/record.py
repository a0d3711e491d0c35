"""Record (創歷年單月新高): rank 1 of its universe. The universe, its start and the vintage are named."""

from tidewaiter.model.unit import RANK
from tidewaiter.statistics.lookback import UNIVERSES
from tidewaiter.statistics.rank import look
from tidewaiter.statistics.statistic import Statistic

STATISTIC = Statistic(
    name="record", unit=RANK, zh="新高紀錄", en="record (1 = the highest)",
    formula="rank in the universe; 1 is the record", source="財政部 海關進出口貿易初步統計, 歷年單月新高",
    look=look, of="level:all_months", parameters=tuple(f"level:{universe}" for universe in UNIVERSES),
)  # fmt: skip
