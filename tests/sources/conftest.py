"""What the tests of the sources share: files in hand, the carried ones and those of ../shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidewaiter import official
from tidewaiter.sources.protocol import Blob

_SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.fixture
def carried():
    """A carried file by ``folder/name``."""

    def get(name: str) -> Blob:
        path = official.folder() / name
        return Blob(path.name, path.read_bytes())

    return get


@pytest.fixture
def shared():
    """A file of ../shared by its path there; the test is skipped where it is not."""

    def get(name: str) -> Blob:
        path = _SHARED / name
        if not path.is_file():
            pytest.skip(f"needs ../shared/{name}, which is not beside this checkout")
        return Blob(path.name, path.read_bytes())

    return get


@pytest.fixture
def blob():
    """A file made of text."""

    def make(text: str, name: str = "file.csv", encoding: str = "utf-8") -> Blob:
        return Blob(name, text.encode(encoding))

    return make


@pytest.fixture
def faults_of():
    """The faults a source finds, as texts."""
    from tidewaiter.errors import FaultsError  # noqa: PLC0415

    def read(source, blob: Blob) -> list[str]:
        with pytest.raises(FaultsError) as raised:
            source.read(blob)
        return [str(fault) for fault in raised.value.faults]

    return read


@pytest.fixture
def number():
    """The one observation of a reading with this key, period and statistic."""

    def get(reading, key: str, period: str, statistic: str = "level"):
        (seen,) = [
            seen
            for seen in reading.observations
            if (str(seen.key), str(seen.period), seen.statistic) == (key, period, statistic)
        ]
        return seen

    return get
