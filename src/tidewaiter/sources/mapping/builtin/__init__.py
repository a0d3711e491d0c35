"""Mappings of layouts we know, one YAML a layout. See :mod:`tidewaiter.sources.mapping.spec`."""
