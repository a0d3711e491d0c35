"""Fuzz the readers under atheris: ``python tools/fuzz.py TARGET [SECONDS] [FOLDER]``.

The targets stand in ``tests/fuzz/targets.py``. Seeds are the carried files, the samples and the layouts of
the tests; what a run learns and what breaks goes to FOLDER (``.fuzz/TARGET``), never into the repository.
A crash file is replayed with ``python tools/fuzz.py TARGET --replay FILE``. Needs Python 3.11 (atheris).
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LONGEST = 40_000  # bytes of a seed
_MEMORY = 3000  # MiB a run may take


def seeds(folder: Path) -> None:
    """Small real files to start from."""
    folder.mkdir(parents=True, exist_ok=True)
    places = (
        ROOT / "src/tidewaiter/official",
        ROOT / "src/tidewaiter/samples",
        ROOT / "tests/sources/mapping",
    )
    for place in places:
        for path in place.rglob("*"):
            if path.is_file() and path.suffix not in {".py", ".pyc"}:
                data = path.read_bytes()
                whole = data[:2] == b"PK" or len(data) <= _LONGEST
                (folder / f"{path.stem}-{len(data)}").write_bytes(data if whole else data[:_LONGEST])


def main(argv: list[str]) -> int:
    """Run one target."""
    sys.path.insert(0, str(ROOT / "tests" / "fuzz"))
    import atheris  # noqa: PLC0415 — only where it is installed

    with atheris.instrument_imports(include=["tidewaiter"]):
        from targets import TARGETS  # noqa: PLC0415

        import tidewaiter.check.read.extract  # noqa: PLC0415
        import tidewaiter.sources.mapping.propose  # noqa: PLC0415
        import tidewaiter.sources.registry  # noqa: F401, PLC0415
    if not argv or argv[0] not in TARGETS:
        print(f"which target? one of {', '.join(TARGETS)}", file=sys.stderr)
        return 2
    target = TARGETS[argv[0]]
    if "--replay" in argv:
        target(Path(argv[-1]).read_bytes())
        return 0
    seconds = argv[1] if len(argv) > 1 else "60"
    folder = Path(argv[2]) if len(argv) > 2 else ROOT / ".fuzz" / argv[0]  # noqa: PLR2004
    seeds(folder / "seeds")
    (folder / "found").mkdir(parents=True, exist_ok=True)
    given = [
        f"-max_total_time={seconds}", "-timeout=25", f"-rss_limit_mb={_MEMORY}", "-max_len=60000",
        f"-artifact_prefix={folder}/crash-", str(folder / "found"), str(folder / "seeds"),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *given], target)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
