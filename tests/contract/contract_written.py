"""What the program itself writes: an export of two carried releases."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tidewaiter import official
from tidewaiter.api import open_store
from tidewaiter.store import Store
from tidewaiter.store.interchange import extract, written


@cache
def exported(form: str) -> bytes:
    """The query file of HS 847150 and the brief's cells, in one of the formats of an export."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "store"
        open_store(home).load(*(official.folder() / name for name in ("customs-hs847150", "moea-brief-459")))
        shelf, out = Store(home), BytesIO()
        written(extract(shelf, shelf.releases()), form, out)
    return out.getvalue()
