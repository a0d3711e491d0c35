"""The statistics' own formulas and steps, compiled. Nothing is defined here."""

from tidewaiter.engine.dense.jit import inlined
from tidewaiter.statistics import average_annual_growth as _average_annual_growth
from tidewaiter.statistics import contribution as _contribution
from tidewaiter.statistics import growth as _growth
from tidewaiter.statistics import lookback as _lookback
from tidewaiter.statistics import ma3 as _ma3
from tidewaiter.statistics import rank_change as _rank_change
from tidewaiter.statistics import share as _share
from tidewaiter.statistics import streak as _streak

SLACK = _lookback.SLACK

rate = inlined(_growth.rate)
comparable = inlined(_growth.comparable)
rises = inlined(_growth.rises)
average = inlined(_ma3.average)
proportion = inlined(_share.proportion)
contribution = inlined(_contribution.contribution)
streak_step = inlined(_streak.step)
better = inlined(_lookback.better)
average_annual_growth = inlined(_average_annual_growth.average_annual_growth)
places_won = inlined(_rank_change.places_won)
breadth = proportion  # statistics.breadth is that of the parts that rise
