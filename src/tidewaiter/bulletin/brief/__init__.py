"""The product brief, written from figures alone.

:mod:`known`     which releases it is written from
:mod:`desk`      what every part needs at hand: partners, suppliers and exporters by size
:mod:`exports`, :mod:`importer`, :mod:`world`, :mod:`monthly`  its points
:mod:`tables`    tables 1 to 3, cell by cell as printed
:mod:`write`     all of it
"""

from tidewaiter.bulletin.brief.write import write_brief

__all__ = ["write_brief"]
