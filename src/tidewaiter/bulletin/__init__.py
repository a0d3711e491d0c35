"""Bulletins: from figures to pages.

:mod:`document`    the model: blocks of text, tables and charts whose every number carries its figure
:mod:`tables`      tables of that model
:mod:`evidence`    what stands behind a figure
:mod:`charts`      charts as SVG
:mod:`render`      HTML, PDF, plain text, statements.json
"""
