"""What all tests share: the command line in process, a store with the carried figures, ../shared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tidewaiter import official
from tidewaiter.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@dataclass(frozen=True)
class Answer:
    """What a call of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch, tmp_path):
    """No test sees the user's own store, language or terminal."""
    monkeypatch.setenv("TIDEWAITER_STORE", str(tmp_path / "default-store"))
    monkeypatch.setenv("TIDEWAITER_MAPPINGS", str(tmp_path / "kept-mappings"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def tidewaiter(capsys) -> Callable[..., Answer]:
    """Call the command line: ``tidewaiter("get", "TWN.exports")``."""

    def call(*argv: Any) -> Answer:
        capsys.readouterr()
        code = main([str(part) for part in argv])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return call


@pytest.fixture(scope="session")
def official_store(tmp_path_factory) -> Path:
    """The folder of a store with all carried figures. Read only."""
    from tidewaiter.api import open_store  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("official") / "store"
    open_store(folder).load(official.folder())
    return folder


@pytest.fixture
def shared_path() -> Callable[[str], Path]:
    """A path below ../shared; the test is skipped where it is not."""

    def get(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"needs ../shared/{name}, which is not beside this checkout")
        return path

    return get
