"""``tidewaiter bench claims``: every measure of reading and checking, false contradictions first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidewaiter.bench.annotated import SLOTS, score
from tidewaiter.bench.mutate import measure
from tidewaiter.check import check_text
from tidewaiter.engine.vintages import Vintages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from tidewaiter.store import Store

Row = dict[str, Any]


def annotated_rows(folder: Path, store: Store | None) -> Iterator[Row]:
    """The measures on one folder of annotated documents."""
    result = score(folder, store)
    name = folder.name
    yield _row(name, "true claims contradicted", len(result.contradicted), "; ".join(result.contradicted))
    for lang in sorted(result.gold, key=lambda lang: (lang == "all", lang)):
        precision, recall, f1 = result.rates(lang)
        yield _row(
            name,
            f"extraction F1 ({lang})",
            f1,
            f"precision {precision:.3f}, recall {recall:.3f}, {result.gold[lang]} claims",
        )
    for slot in (*SLOTS, "together"):
        yield _row(name, f"slot {slot}", result.slots[slot] / max(result.hit["all"], 1), "of matched claims")
    for verdict, count in result.verdicts.most_common():
        yield _row(name, f"verdict {verdict}", count)
    yield _row(name, "wrong spans", result.wrong_spans)
    yield _row(name, "characters a second", round(result.characters / result.seconds), "reading and checking")


def mutation_rows(text: str, name: str, published: date, store: Store) -> Iterator[Row]:
    """The measures on the true claims of a text, made false one slot at a time."""
    checked = check_text(text, name=name, published=published, store=store)
    outcomes = measure(checked, Vintages(store, published))
    tried, found = sum(o.tried for o in outcomes), sum(o.found for o in outcomes)
    nameable, named = sum(o.nameable for o in outcomes), sum(o.named for o in outcomes)
    yield _row(name, "mutants found", found / max(tried, 1), f"{found} of {tried}")
    yield _row(name, "mutants with the slot named", named / max(nameable, 1), f"{named} of {nameable}")
    for o in outcomes:
        yield _row(name, f"mutants of {o.kind} found", o.found / max(o.tried, 1), f"{o.found} of {o.tried}")


def _row(data: str, measure_name: str, value: float, note: str = "") -> Row:
    return {"on": data, "measure": measure_name, "value": value, "note": note}
