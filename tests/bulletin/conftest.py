"""The samples of this folder are modules of their own; a store with the carried figures."""

import sys
from pathlib import Path

import pytest

from tidewaiter import official
from tidewaiter.engine import Book
from tidewaiter.sources import registry
from tidewaiter.store import Store
from tidewaiter.store.load import Incoming

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def carried(tmp_path_factory) -> Store:
    """A store with every figure the project carries."""
    store = Store(tmp_path_factory.mktemp("bulletins") / "store")
    found = registry.files([official.folder()])
    store.put(
        Incoming(
            f.blob.name,
            f.blob.data,
            registry.recognise(f.blob).read(f.blob),
            f.origin.published,
            f.origin.edition,
            f.origin.title,
        )
        for f in found
    )
    return store


@pytest.fixture(scope="session")
def whole_book(carried) -> Book:
    """All releases."""
    return Book.of(carried)
