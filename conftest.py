"""What the prose promises is run: README, documentation and the examples in docstrings (Sybil).

Blocks marked ``python`` hold a session and its answers; blocks marked ``console`` hold commands after ``$``
and what they print on stdout, ``...`` standing for anything. Each document runs in an empty folder, with
its store in ``trade`` there.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sybil import Example, Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parent
_FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE
_DATA = _ROOT / "src" / "tidewaiter"


def _enter(namespace: dict[str, Any]) -> None:
    folder = TemporaryDirectory()
    namespace["_folder"], namespace["_before"] = folder, Path.cwd()
    os.chdir(folder.name)


def _leave(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_before"])
    namespace["_folder"].cleanup()


def _console(example: Example) -> str | None:
    """Run each command of a block; what differs from what is printed there, None when nothing does."""
    for command, expected in _commands(example.parsed):
        done = subprocess.run(  # noqa: S602 — our own documentation
            command, shell=True, capture_output=True, text=True, check=False, env=_environment()
        )
        if done.returncode not in (0, 1):
            return f"$ {command}\nexit code {done.returncode}\n{done.stderr}"
        got = "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n") + "\n"
        if expected and not OutputChecker().check_output(expected, got, _FLAGS):
            return f"$ {command}\nexpected:\n{expected}\ngot:\n{got}\n{done.stderr}"
    return None


def _commands(text: str) -> Iterator[tuple[str, str]]:
    command, printed = "", []
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, _expected(printed)
            command, printed = line.removeprefix("$ "), []
        elif command.endswith("\\"):
            command = command.removesuffix("\\") + line.strip()
        else:
            printed.append(line.rstrip())
    if command:
        yield command, _expected(printed)


def _expected(lines: list[str]) -> str:
    text = "\n".join(lines).strip("\n")
    return f"{text}\n" if text else ""


def _environment() -> dict[str, str]:
    scripts = Path(sys.executable).parent
    return {
        **os.environ,
        "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}",
        "TIDEWAITER_STORE": "trade",
        "LANG": "en_US.UTF-8",
        "COLUMNS": "118",
        "OFFICIAL": shlex.quote(str(_DATA / "official")),
        "SAMPLES": shlex.quote(str(_DATA / "samples")),
    }


_prose = Sybil(
    parsers=[
        SkipParser(),
        PythonCodeBlockParser(doctest_optionflags=_FLAGS),
        CodeBlockParser(language="console", evaluator=_console),
    ],
    patterns=["README.md", "README.zh.md", "CONTRIBUTING.md", "docs/*.md", "docs/**/*.md"],
    setup=_enter,
    teardown=_leave,
)
_docstrings = Sybil(
    parsers=[DocTestParser(optionflags=_FLAGS)],
    path="src",
    pattern="*.py",
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = (_prose + _docstrings).pytest()
