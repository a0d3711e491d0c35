"""The store: the same file twice, later vintages, loads that are killed or meet."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

import tidewaiter as tw
from tidewaiter import official
from tidewaiter.errors import FaultsError, NoFigureError, StoreError

HEADER = "進出口別,日期,貨品號列,中文貨名,英文貨名,美元(千元)"
LOADER = """
import sys
from tidewaiter.api.loading import read_files
from tidewaiter.store import Store
read = read_files([sys.argv[2]])
print("ready", flush=True)
Store(sys.argv[1]).put(read.incoming)
"""


def rows(values: dict[str, int]) -> str:
    lines = [f"出口總值(含復出口),{month},847150,伺服器,servers,{value}" for month, value in values.items()]
    return "\n".join([HEADER, *lines]) + "\n"


@pytest.fixture
def restated(tmp_path):
    """A store with two vintages: January 2024 is restated by the second."""
    store = tw.open(tmp_path / "store")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(rows({"113年1月": 100, "113年2月": 200}), encoding="utf-8")
    second.write_text(rows({"113年1月": 111, "113年2月": 200, "113年3月": 300}), encoding="utf-8")
    store.load(first, published="2024-03-09")
    store.load(second, published="2024-04-09")
    return store


def fingerprint(folder) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_file_twice_changes_no_byte(tmp_path):
    store = tw.open(tmp_path)
    store.load(official.folder())
    before = fingerprint(tmp_path)
    store.load(official.folder())
    assert fingerprint(tmp_path) == before


def test_a_later_release_keeps_both_vintages(restated):
    key = "TWN.exports.HS847150"
    assert len(restated.releases()) == 2
    assert restated.get(key, period="2024-01").value == 111
    assert restated.get(key, period="2024-01", as_of="2024-03-31").value == 100
    assert [row.value for row in restated.revisions(key, period="2024-01")] == [100, 111]


def test_growth_uses_the_base_of_its_own_release(restated):
    key = "TWN.exports.HS847150"
    assert restated.get(key, "mom", "2024-02").value == pytest.approx(200 / 111 * 100 - 100, abs=0.1)
    assert restated.get(key, "mom", "2024-02", as_of="2024-03-31").value == pytest.approx(100, abs=0.1)


def test_what_was_not_out_yet_is_not_known(restated):
    with pytest.raises(NoFigureError):
        restated.get("TWN.exports.HS847150", period="2024-03", as_of="2024-03-31")


def test_differences_of_two_vintages(restated):
    old, new = sorted(release.id for release in restated.releases())
    found = restated.diff(old, new) if "2024-02" in old else restated.diff(new, old)
    assert (found.added, found.restated, found.vanished, found.same) == (1, 1, 0, 1)
    assert found.changes[0].difference == 11


def test_a_number_given_twice_is_refused_and_nothing_is_loaded(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text(rows({"113年1月": 100}) + rows({"113年1月": 101}).split("\n", 1)[1], encoding="utf-8")
    store = tw.open(tmp_path / "store")
    with pytest.raises(FaultsError):
        store.load(path)
    assert store.releases() == []


def test_a_killed_load_leaves_the_store_as_it_was(tmp_path, restated):
    chance, killed, known = random.Random(847150), 0, restated.releases()
    for attempt, wait in enumerate([0, *(chance.uniform(0, 0.15) for _ in range(5))]):
        folder = shutil.copytree(restated.folder, tmp_path / f"copy{attempt}")
        _load_and_kill(folder, wait)
        store = tw.open(folder)
        if store.releases() != known:  # it was through before the signal came: then all of it counts
            assert store.get("TWN.exports", period="2025-08", as_of="2025-09-30").value
            continue
        killed += 1
        assert store.get("TWN.exports.HS847150", period="2024-01").value == 111
        store.load(official.folder())  # what was left behind is in nobody's way
        assert store.get("TWN.exports", period="2025-08", as_of="2025-09-30").value
        assert not (folder / "staging").exists() or not list((folder / "staging").iterdir())
    assert killed


def _load_and_kill(folder, wait: float) -> None:
    call = [sys.executable, "-c", LOADER, str(folder), str(official.folder())]
    with subprocess.Popen(call, stdout=subprocess.PIPE) as loader:
        assert loader.stdout is not None
        loader.stdout.readline()  # everything is read, writing begins
        time.sleep(wait)
        loader.send_signal(signal.SIGKILL)


def test_loads_at_once_wait_for_each_other(tmp_path):
    folder = tmp_path / "store"
    parts = [official.folder() / "customs-hs847150", official.folder() / "moea-brief-459"]
    loaders = [
        subprocess.Popen([sys.executable, "-c", LOADER, str(folder), str(part)], stdout=subprocess.DEVNULL)
        for part in (*parts, *parts)
    ]
    assert [loader.wait(timeout=60) for loader in loaders] == [0, 0, 0, 0]
    assert len(tw.open(folder).releases()) == 2


def test_a_catalogue_that_does_not_read_is_told(tmp_path):
    (tmp_path / "catalogue.json").write_text('{"format": 1, "releases": [{}]}')
    with pytest.raises(StoreError, match="does not read"):
        tw.open(tmp_path).releases()


def test_a_store_of_another_format_is_told(tmp_path):
    (tmp_path / "catalogue.json").write_text('{"format": 99, "releases": []}')
    with pytest.raises(StoreError, match="format 99"):
        tw.open(tmp_path).releases()


def test_the_files_are_kept_as_they_came(tmp_path, restated):
    kept = [path for path in (restated.folder / "raw").rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() for path in kept) == sorted(
        (tmp_path / name).read_bytes() for name in ("first.csv", "second.csv")
    )
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in kept)


def test_a_store_may_be_copied(tmp_path, restated):
    copy = shutil.copytree(restated.folder, tmp_path / "copy")
    assert tw.open(copy).get("TWN.exports.HS847150", period="2024-01").value == 111


def test_an_origin_note_tells_the_edition_a_file_does_not(tidewaiter, tmp_path):
    folder = official.folder() / "moea-brief-459"
    noted = tidewaiter("load", folder, "--store", tmp_path / "noted", "--format", "json").json
    bare = tidewaiter("load", folder / "published.csv", "--store", tmp_path / "bare", "--format", "json").json
    assert noted[0]["release"] == "moea-brief@459"
    assert bare[0]["observations"] == noted[0]["observations"] == 96
