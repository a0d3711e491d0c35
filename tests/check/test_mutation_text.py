"""True texts made false in one place: the error is found, its slot is named, the rest keeps its verdicts."""

import random
from datetime import date
from pathlib import Path

import pytest

from tidewaiter.bench.claims import text_rows
from tidewaiter.bench.mutate_text import Rechecker, mutate_text
from tidewaiter.bench.mutate_words import edits
from tidewaiter.bulletin.release.write import write_release
from tidewaiter.bulletin.render import render
from tidewaiter.bulletin.short.write import write_summary
from tidewaiter.check import check_text
from tidewaiter.check.judged import Verdict
from tidewaiter.engine import Book
from tidewaiter.model.period import Period

CASES = Path(__file__).parent / "cases"
PUBLISHED, MONTH = date(2025, 9, 9), Period.parse("2025-08")
SAMPLE = 120


def texts(store, name: str) -> str:
    if name.startswith("release_prose"):
        return (CASES / name).read_text("utf-8")
    write, lang = (write_summary if name.startswith("summary") else write_release), name[-2:]
    return render(write(Book.of(store), MONTH, lang), "txt").decode()


@pytest.mark.parametrize(
    "name", ["release_prose_zh.txt", "release_prose_en.txt", "summary_zh", "summary_en", "bulletin_zh"]
)
def test_an_error_in_a_true_text_is_found_and_nothing_else_is_called_wrong(store, name: str) -> None:
    tally = mutate_text(texts(store, name), name, PUBLISHED, store, most=SAMPLE)
    tried, nameable = sum(tally.tried.values()), sum(tally.nameable.values())
    assert tried >= 20
    assert sum(tally.found.values()) >= 0.97 * tried, tally.misses
    assert sum(tally.named.values()) >= 0.90 * nameable, tally.misses
    assert not tally.alarms, tally.misses


def test_checking_a_changed_text_again_is_checking_it_anew(store) -> None:
    text = (CASES / "release_prose_en.txt").read_text("utf-8")
    again = Rechecker(text, "memo", PUBLISHED, store)
    true = [c.claim for c in again.check(text) if c.judgement.verdict is Verdict.CONFIRMED]
    planned = list(edits(text, "en", true, random.Random(3)))
    for edit in planned[:: max(1, len(planned) // 12)]:
        changed = edit.apply(text)
        anew = check_text(changed, name="memo", published=PUBLISHED, store=store)
        assert [c.as_json() for c in again.check(changed)] == [c.as_json() for c in anew]


def test_a_sample_is_the_same_for_the_same_seed(store) -> None:
    text = texts(store, "summary_en")
    one, other = (list(text_rows(text, "memo", PUBLISHED, store, most=10, seed=7)) for _ in range(2))
    assert one == other
    assert one[0]["measure"] == "false alarms on unchanged claims"


def test_an_edit_changes_its_words_only_and_knows_where_the_rest_went() -> None:
    text = "8月出口584.9億美元，年增34.1%。"
    (claim, *_) = check_text(text, published=PUBLISHED)
    kinds = {}
    for edit in edits(text, "zh", [claim.claim], random.Random(1)):
        changed = edit.apply(text)
        kinds[edit.kind] = changed
        at = text.index("年增")
        assert changed[edit.moved(at) :] == text[at:]
    assert kinds["currency"] == "8月出口584.9億元，年增34.1%。"
    assert kinds["dropped 億"] == "8月出口584.9美元，年增34.1%。"
    assert kinds["flow"] == "8月進口584.9億美元，年增34.1%。"
    assert {"digit", "month"} <= set(kinds)
