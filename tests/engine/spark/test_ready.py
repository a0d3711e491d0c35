"""What is missing is named with the one command that brings it; nothing else needs pyspark."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tidewaiter.engine.spark import ready
from tidewaiter.engine.spark.run import _dealt
from tidewaiter.errors import UnavailableError, UsageError

_WATCHED = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("pyspark", "py4j", "grpc"):
            raise AssertionError(f"{name} is imported")
sys.meta_path.insert(0, Refuse())
"""


def _alone(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED + code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_importing_every_module_imports_no_pyspark():
    _alone("""
import importlib, pkgutil, tidewaiter
found = pkgutil.walk_packages(tidewaiter.__path__, "tidewaiter.")
names = [module.name for module in found if "__main__" not in module.name]
assert "tidewaiter.engine.spark.run" in names and len(names) > 200
for name in names:
    importlib.import_module(name)
""")


def test_running_the_other_commands_imports_no_pyspark(tmp_path):
    _alone(f"""
from tidewaiter.cli import main
from tidewaiter import official
from tidewaiter.bench.engine.data import Invented
from tidewaiter.bench.engine.files import records_file
from pathlib import Path
store = ["--store", r"{tmp_path / "store"}"]
records = str(records_file(Invented(2000), Path(r"{tmp_path}")))
assert main(["load", str(official.folder()), *store]) == 0
assert main(["list", *store]) == 0
assert main(["get", "TWN.exports", *store]) == 0
assert main(["search", "exports", *store]) == 0
assert main(["define", "yoy"]) == 0
assert main(["compute", records, "--out", r"{tmp_path / "out"}"]) == 0
""")


def test_without_pyspark_the_extra_is_named(tidewaiter, tmp_path, monkeypatch):
    monkeypatch.setattr(ready, "find_spec", lambda _: None)
    with (
        pytest.raises(UnavailableError, match="pyspark is not installed") as caught,
        ready.session("local[1]"),
    ):
        pass
    assert caught.value.hint == "pip install 'tidewaiter[spark]'"


@pytest.mark.parametrize(
    ("said", "told"), [("11.0.22", "Java 11 is too old"), ("1.8.0_402", "Java 8 is too old")]
)
def test_an_old_java_is_named_with_the_package_to_install(tmp_path, monkeypatch, said, told):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{said}\" 2024-01-16' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UnavailableError, match=told) as caught, ready.session("local[1]"):
        pass
    assert "apt-get install openjdk-17-jre-headless" in caught.value.hint


def test_no_java_at_all_is_told(tmp_path, monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match="no Java is found"), ready.session("local[1]"):
        pass


@pytest.mark.parametrize(
    "master", ["spark://127.0.0.1:1", "sc://127.0.0.1:1", "spark://127.0.0.1:1,127.0.0.1:2"]
)
def test_an_address_where_nobody_listens_is_told_at_once(master, monkeypatch):
    monkeypatch.setattr(ready, "_need_java", lambda: None)
    with pytest.raises(UnavailableError, match="no Spark answers") as caught, ready.session(master):
        pass
    assert caught.value.exit_code == 3
    assert caught.value.where == master


@pytest.mark.parametrize(
    "master", ["", "cluster", "http://127.0.0.1:7077", "spark://:7077", "spark://host:port"]
)
def test_an_address_that_is_none_is_a_fault_of_the_call(master, monkeypatch):
    monkeypatch.setattr(ready, "_need_java", lambda: None)
    with pytest.raises(UsageError), ready.session(master):
        pass


def test_a_cluster_for_the_engine_of_this_machine_is_a_fault_of_the_call(tidewaiter, tmp_path):
    answer = tidewaiter("compute", tmp_path / "no.parquet", "--master", "local[2]")
    assert answer.code == 2
    assert "--engine spark" in answer.err


@pytest.mark.parametrize("tasks", [1, 3, 64])
def test_every_block_is_dealt_once_and_no_hand_is_overfull(tasks):
    rows = [7, 500, 3, 3, 90, 250, 11, 40, 40, 1]
    dealt = _dealt(rows, tasks)
    assert sorted(place for hand in dealt for place in hand) == list(range(len(rows)))
    held = [sum(rows[place] for place in hand) for hand in dealt]
    assert held == sorted(held, reverse=True)
    assert max(held) <= max(*rows, 4 * sum(rows) / 3 / tasks + max(rows) / 3)
