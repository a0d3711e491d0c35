"""What the tests of the engine share: a store with everything that is carried, loaded once a session."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tidewaiter import official
from tidewaiter.engine.book import Book
from tidewaiter.sources.registry import files, recognise
from tidewaiter.store import Store
from tidewaiter.store.load import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


@pytest.fixture(scope="session")
def store(tmp_path_factory) -> Store:
    made = Store(tmp_path_factory.mktemp("carried"))
    made.put(
        Incoming(
            found.blob.name,
            found.blob.data,
            recognise(found.blob).read(found.blob),
            found.origin.published,
            found.origin.edition,
        )
        for found in files([official.folder()])
    )
    return made


@pytest.fixture(scope="session")
def book(store) -> Callable[..., Book]:
    """The book as known now, as of a day, or of one release; each made once."""

    @cache
    def get(as_of: date | None = None, release: str = "") -> Book:
        if not release:
            return Book.of(store, as_of)
        chosen = [known for known in store.releases() if known.id == release]
        assert chosen, f"{release} is not carried"
        return Book.of(store, as_of, chosen)

    return get
