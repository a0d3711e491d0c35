"""Bulletins: from figures to pages.

:mod:`document`    the model: blocks of text, tables and charts whose every number carries its figure
:mod:`tables`      tables of that model
:mod:`evidence`    what stands behind a figure
:mod:`charts`      charts as SVG
:mod:`render`      HTML, PDF, plain text, statements.json
:mod:`pen`         writes numbers of figures and remembers every one it wrote
:mod:`wording`     sentences in variants, chosen by what happened
:mod:`release`     the monthly customs release
:mod:`brief`       the product brief
"""

from tidewaiter.bulletin.brief import write_brief
from tidewaiter.bulletin.release import release_book, write_release

__all__ = ["release_book", "write_brief", "write_release"]
