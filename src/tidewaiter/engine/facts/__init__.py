"""Facts worth telling: what an editor would lead with, out of every series of a month.

A fact is a figure that is rare for its series and matters to the whole. Its weight is the product of
the two, and both are told: how often such a thing has happened, and how large the series is.
"""

from tidewaiter.engine.facts.fact import Fact
from tidewaiter.engine.facts.rank import facts

__all__ = ["Fact", "facts"]
