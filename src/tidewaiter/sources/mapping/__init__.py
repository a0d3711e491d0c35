"""Tabular files read by a mapping: a small YAML that says what each column is.

A mapping (:mod:`~tidewaiter.sources.mapping.spec`) names the columns that are period, flow, reporter,
partner and commodity, the columns of numbers with their units, and the rows that count. The file is
read in columns (:mod:`~tidewaiter.sources.mapping.tabular`), each dimension is resolved once a distinct
text, and all faults are told together with their lines (:mod:`~tidewaiter.sources.mapping.read`). The
layouts of offices we know are such files too, in ``builtin``; a new one needs no Python.
"""
