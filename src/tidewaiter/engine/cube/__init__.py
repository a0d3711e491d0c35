"""The cube: which series a nation's records add up to, over hierarchies that overlap.

:mod:`goods`    codes of every HS level above the records' own, each with the one right above it
:mod:`places`   partners, areas of partners that overlap, the world
:mod:`groups`   groups of goods that include and exclude codes of any level
:mod:`lay`      the series of a part of a block, and the sums in them: exact integers
"""

from tidewaiter.engine.cube.goods import Goods
from tidewaiter.engine.cube.groups import Group, read_groups
from tidewaiter.engine.cube.places import Area, Places, default_areas

__all__ = ["Area", "Goods", "Group", "Places", "default_areas", "read_groups"]
