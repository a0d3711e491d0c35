"""Short forms of the monthly release, from the same figures: a news summary, a post, a list of facts.

:mod:`slip`      what they are written on: the release's desk with words of their own
:mod:`sentences` sentences that read alone, each about one series
:mod:`write`     the three forms, filled as far as their length allows
"""

from tidewaiter.bulletin.short.write import MOST, write_facts_list, write_post, write_summary

__all__ = ["MOST", "write_facts_list", "write_post", "write_summary"]
