"""What the tests of checking share: the store with the carried figures."""

from pathlib import Path

import pytest

from tidewaiter.store import Store


@pytest.fixture(scope="session")
def store(official_store: Path) -> Store:
    return Store(official_store)
