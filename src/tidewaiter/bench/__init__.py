"""Measures of the project itself, printed by ``tidewaiter bench``.

:mod:`annotated`  claims found in texts held against what people annotated
:mod:`mutate`     true claims made false one slot at a time
:mod:`claims`     all measures of reading and checking in one table
"""
