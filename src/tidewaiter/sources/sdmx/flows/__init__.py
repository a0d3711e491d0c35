"""Mappings of well-known dataflows, one YAML each: as any mapping, after the columns of the message.

To the components of the message come ``TIME`` (the period), ``UNIT`` (with its power of ten) and
``STATUS`` (``P`` preliminary); see :mod:`tidewaiter.sources.sdmx.prepare`.
"""
