"""A server on this machine, a clock that never waits, settings with both. No key of the user's is seen."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from connect_server import Clock, Server

from tidewaiter.connect.retry import Patience
from tidewaiter.connect.work import Settings


@pytest.fixture
def server():
    one = Server()
    yield one
    one.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path, clock) -> Settings:
    return Settings(tmp_path / "store", allow_private=True, clock=clock, patience=Patience(attempts=5))


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch, tmp_path):
    """No test sees the user's own keys."""
    for name in ("TIDEWAITER_COMTRADE_KEY", "TIDEWAITER_CENSUS_KEY", "TIDEWAITER_ADDRESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    empty = tmp_path / "keys.yml"
    empty.write_text("{}\n", encoding="utf-8")
    monkeypatch.setenv("TIDEWAITER_KEYS", str(empty))
