"""Record (創歷年單月新高): rank 1 of its universe. The universe, its start and the vintage are named.

The second place (次高) is rank 2. Run over a whole series only the first two places are told apart; 3 is
then "third or lower".
"""

from tidewaiter.model.unit import RANK
from tidewaiter.statistics.lookback import UNIVERSES, better
from tidewaiter.statistics.rank import look
from tidewaiter.statistics.statistic import Statistic

OPEN = float("-inf")  # the best so far, when there is none


def place(now: float, best: float, second: float) -> float:
    """1 when no earlier one is better, 2 when one is, 3 when more are.

    Args:
        now: the number.
        best: the best one before it; ``OPEN`` when there is none.
        second: the second best before it, equal ones counted apart.

    Examples:
        >>> place(7.0, 5.0, 4.0), place(5.0, 5.0, 5.0), place(4.5, 5.0, 4.0), place(4.5, 5.0, 5.0)
        (1.0, 1.0, 2.0, 3.0)
    """
    return 1.0 if not better(best, now) else 2.0 if not better(second, now) else 3.0


STATISTIC = Statistic(
    name="record", unit=RANK, zh="新高紀錄", en="record (1 = the highest)",
    formula="rank in the universe; 1 is the record", source="財政部 海關進出口貿易初步統計, 歷年單月新高",
    look=look, of="level:all_months", parameters=tuple(f"level:{universe}" for universe in UNIVERSES),
)  # fmt: skip
