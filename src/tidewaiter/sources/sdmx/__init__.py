"""SDMX, the statistical offices' own interchange format: CSV, JSON and XML of its versions in use.

A data message, whatever its syntax, becomes a table of texts, one row an observation, one column a
component of its structure (:mod:`~tidewaiter.sources.sdmx.message`). Which component is reporter, flow,
commodity, partner and period is told by a mapping, as for any other table: those of well-known dataflows
stand in ``flows``, any other dataflow is read by the names of its concepts and the code lists of the
message (:mod:`~tidewaiter.sources.sdmx.concepts`). What Tidewaiter wrote itself loads again as it was
(:mod:`~tidewaiter.sources.sdmx.own`).

Data messages are read here and not by pysdmx: its CSV reader guesses types, so that the code ``0101``
becomes 101 and the value ``12.50`` becomes 12.5; it reads no SDMX-JSON data; and it does not say on which
line a number stands. Structures are its field: they are written with it
(:mod:`tidewaiter.store.interchange`). See ``docs/decisions/0014-sdmx.md``.
"""
