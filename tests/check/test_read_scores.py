"""The annotated claims of ../shared: what the reader must reach there."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tidewaiter.check.document import read_document
from tidewaiter.check.read import extract

CLAIMS = Path(__file__).resolve().parents[2].parent / "shared" / "claims"


def referee() -> Any:
    place = importlib.util.spec_from_file_location("score", CLAIMS / "score.py")
    assert place
    assert place.loader
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measure(name: str) -> dict[str, float]:
    score, folder = referee(), CLAIMS / name
    gold = lines(folder / "claims.jsonl")
    total: Counter[str] = Counter(gold=len(gold))
    for entry in lines(folder / "documents.jsonl"):
        document = read_document((folder / entry["file"]).read_bytes(), entry["doc"])
        told = [claim.slots() for claim in extract(document, date.fromisoformat(entry["date"]))]
        assert all(document.text[c["start"] : c["end"]] == c["text"] for c in told)
        total["told"] += len(told)
        used: set[int] = set()
        for claim in (g for g in gold if g["doc"] == entry["doc"]):
            hit = next((i for i, p in enumerate(told) if i not in used and score.same(p, claim)), None)
            if hit is None:
                continue
            used.add(hit)
            total["hit"] += 1
            slots = [s for s in score.SLOTS if s != "unit"]
            right = all(told[hit][s] == claim[s] for s in slots)
            total["joint"] += right and score.unit(told[hit]) == score.unit(claim)
    return {"f1": 2 * total["hit"] / (total["gold"] + total["told"]), "joint": total["joint"] / total["hit"]}


@pytest.mark.shared
@pytest.mark.parametrize("name", ["seeds", "documents"])
def test_the_annotated_claims_are_found_with_their_slots(name):
    if not CLAIMS.exists():
        pytest.skip(f"{CLAIMS} is not there")
    reached = measure(name)
    assert reached["f1"] >= 0.95
    assert reached["joint"] >= 0.90
