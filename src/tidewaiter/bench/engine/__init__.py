"""Measures of the engine: every statistic of every series, against other tools on the same work.

:mod:`data`      invented customs records, as many as asked for
:mod:`files`     the same as files that each tool reads
:mod:`peers`     the tools: each its own small file, run in a process of its own
:mod:`measured`  one run of one tool: seconds by phase, peak memory, answers; limits kept
:mod:`answers`   whether the answers are equal
"""
