"""The other verbs, and what holds for all of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tidewaiter import official

VERBS = (
    "load",
    "list",
    "search",
    "define",
    "get",
    "audit",
    "revisions",
    "diff",
    "facts",
    "write",
    "check",
    "demo",
)
BRIEF = official.folder() / "moea-brief-459" / "published.csv"


@pytest.mark.parametrize("verb", [*VERBS, "write release", "write brief"])
def test_every_verb_has_help_with_examples(tidewaiter, verb):
    answer = tidewaiter(*verb.split(), "--help")
    assert answer.code == 0
    assert "Usage:" in answer.out
    if verb != "write":
        assert "Examples:" in answer.out
        assert f"tidewaiter {verb}" in answer.out


@pytest.mark.parametrize("verb", [v for v in VERBS if v not in ("write", "demo")])
def test_every_verb_takes_the_common_options(tidewaiter, verb):
    told = tidewaiter(verb, "--help").out
    assert all(option in told for option in ("--store", "--as-of", "--lang", "--format"))


def test_help_imports_nothing_heavy():
    program = (
        "import sys; from tidewaiter.cli import main; main(['--help']);"
        "heavy = {'polars', 'pyarrow', 'pandas', 'altair', 'typst', 'yaml', 'numpy', 'numba', 'pysdmx', "
        "'httpx2', 'pyspark'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_version(tidewaiter):
    assert tidewaiter("--version").out.strip() == "0.1.0"


def test_audit_counts_and_names_what_differs(tidewaiter, official_store):
    answer = tidewaiter("audit", "mof-release@2025-08", "--store", official_store, "--format", "json")
    (release,) = answer.json
    assert release["compared"] == release["passes"] + release["fails"]
    assert release["exact"] > 2500
    assert len(release["failing"]) == release["fails"]
    assert answer.code == (1 if release["fails"] else 0)
    assert all(cell["place"] and cell["reason"] for cell in release["failing"])
    assert {rule["rule"] for rule in release["rules"]} >= {"balance", "derived.yoy", "derived.share"}


def test_audit_of_the_brief_finds_no_conflict(tidewaiter, official_store):
    answer = tidewaiter("audit", "moea-brief@459", "--store", official_store, "--format", "json")
    assert answer.code == 0
    assert answer.json[0]["fails"] == 0
    assert answer.json[0]["passes"] >= 168 + 5


def test_audit_of_a_file_finds_a_changed_digit(tidewaiter, tmp_path):
    text = BRIEF.read_text(encoding="utf-8")
    line = next(row for row in text.splitlines() if ",yoy," in row and "2023" in row)
    value = line.split(",yoy,")[1].split(",")[0]
    changed = line.replace(f",yoy,{value}", f",yoy,{float(value) + 9:.1f}")
    path = tmp_path / "brief.csv"
    path.write_text(text.replace(line, changed), encoding="utf-8")
    answer = tidewaiter("audit", path, "--store", tmp_path / "s", "--format", "json")
    assert answer.code == 1
    number = text.splitlines().index(line) + 1
    assert any(f"line {number}" in cell["place"] for cell in answer.json[0]["failing"])
    assert not (tmp_path / "s" / "catalogue.json").exists()


def test_audit_in_a_table_for_eyes(tidewaiter, official_store):
    answer = tidewaiter("audit", "mof-release", "--store", official_store)
    assert "passes" in answer.out
    assert "derived.share" in answer.out


def test_audit_by_some_rules_only(tidewaiter, official_store):
    asked = ("audit", "mof-release@2025-08", "--store", official_store, "--format", "json")
    (release,) = tidewaiter(*asked, "--rule", "derived", "--rule", "sign", "--lang", "zh").json
    assert {rule["rule"].split(".")[0] for rule in release["rules"]} == {"derived", "sign"}
    assert {rule["severity"] for rule in release["rules"]} == {"error"}
    assert release["rules"][0]["label"] == "衍生數可由水準值重算"
    strange = tidewaiter(*asked, "--rule", "nonsense")
    assert strange.code == 1
    assert "sum.members" in strange.err


def test_audit_lists_its_rules(tidewaiter, tmp_path):
    rows = tidewaiter("audit", "--rules", "--store", tmp_path, "--format", "json").json
    assert {"balance", "sum.members", "one.level", "unit.jump", "coverage", "sign"} <= {
        r["rule"] for r in rows
    }
    assert all(row["description"] and row["origin"] and row["severity"] for row in rows)


def test_audit_shows_as_many_cells_as_asked(tidewaiter, official_store):
    answer = tidewaiter("audit", "mof-release", "--store", official_store, "--top", 2)
    assert "4 more" in answer.err


def test_search_finds_by_name_in_both_languages(tidewaiter, official_store):
    for words in (("伺服器",), ("servers",), ("HS847150",)):
        found = tidewaiter("search", *words, "--store", official_store, "--format", "json").json
        assert "TWN.exports.HS847150.W00" in [hit["key"] for hit in found if hit["kind"] == "series"]


def test_search_without_a_hit_proposes_names(tidewaiter, official_store):
    answer = tidewaiter("search", "伺服機器", "--store", official_store)
    assert answer.code == 1
    assert "伺服器" in answer.err


def test_a_card_defines_a_group(tidewaiter, official_store):
    (card,) = tidewaiter("define", "資通", "--store", official_store, "--format", "json").json
    assert card["code"] == "ict_av"
    assert card["kind"] == "commodity"
    assert "TWN.exports.ict_av.W00" in card["series"]
    assert any(alike.startswith("ict_products") for alike in card["look_alikes"])


def test_a_card_of_a_code_names_heading_and_chapter(tidewaiter, official_store):
    (card,) = tidewaiter("define", "847150", "--store", official_store, "--format", "json").json
    assert card["hs"] == ["847150", "heading 8471", "chapter 84"]


def test_a_card_of_a_statistic_gives_its_formula(tidewaiter, tmp_path):
    (card,) = tidewaiter("define", "yoy", "--store", tmp_path, "--format", "json").json
    assert card["facts"]["source"]
    assert "yoy" in tidewaiter("define", "yoy", "--store", tmp_path).out


def test_revisions_show_first_print_and_later_value(tidewaiter, official_store):
    rows = tidewaiter(
        "revisions", "TWN.exports", "--period", "2023-11", "--store", official_store, "--format", "json"
    ).json
    first, *_, last = rows
    assert (first["published"], first["value"], first["revision"]) == ("2023-12-08", 374.7, None)
    assert last["value"] == 37456.355
    then = tidewaiter(
        "revisions", "TWN.exports", "--period", "2023-11", "--store", official_store, "--format", "json",
        "--as-of", "2023-12-31",
    ).json  # fmt: skip
    assert {row["published"] for row in then} == {"2023-12-08"}


def test_diff_counts_and_shows_the_largest(tidewaiter, official_store):
    answer = tidewaiter("diff", "mof-release", "mof-database", "--store", official_store, "--format", "json")
    assert answer.code == 0
    assert answer.json["restated"] >= len(answer.json["largest"])
    assert answer.json["added"] > 0
    assert "restated" in answer.err


def test_an_unknown_release_lists_those_there_are(tidewaiter, official_store):
    answer = tidewaiter("diff", "no-such", "mof-database", "--store", official_store)
    assert answer.code == 1
    assert "mof-release@2025-08" in answer.err


def test_a_damaged_catalogue_is_a_source_unavailable(tidewaiter, tmp_path):
    (tmp_path / "catalogue.json").write_text("{")
    for call in (("list",), ("get", "TWN.exports"), ("audit",)):
        answer = tidewaiter(*call, "--store", tmp_path)
        assert answer.code == 3
        assert "catalogue" in answer.err
        assert "Traceback" not in answer.err


def test_text_that_a_spreadsheet_would_run_is_quoted(capsys):
    from tidewaiter.cli.output import write_csv  # noqa: PLC0415

    write_csv([{"note": "=HYPERLINK(1)", "value": -3.5, "title": "@x"}], ("note", "value", "title"))
    assert capsys.readouterr().out == "note,value,title\n'=HYPERLINK(1),-3.5,'@x\n"


def test_infinite_ends_are_null_in_json(tidewaiter, official_store):
    asked = ("get", "TWN.exports.ict_av", "--statistic", "best_in_n", "--period", "2023-11")
    (figure,) = tidewaiter(*asked, "--store", official_store, "--format", "json").json
    assert figure["high"] is None


def test_the_language_follows_the_machine(tidewaiter, official_store, monkeypatch):
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert "財政部" in tidewaiter("get", "TWN.exports", "--period", "2024", "--store", official_store).out
    english = tidewaiter("get", "TWN.exports", "--period", "2024", "--store", official_store, "--lang", "en")
    assert "Ministry of Finance" in english.out


def test_check_finds_and_judges(tidewaiter, official_store, tmp_path):
    path = tmp_path / "news.txt"
    path.write_text("財政部公布11月出口374.7億美元，年增3.8%。\n", encoding="utf-8")
    asked = ("check", path, "--published", "2023-12-08", "--store", official_store)
    answer = tidewaiter(*asked, "--format", "jsonl")
    assert answer.code in (0, 1)
    text = path.read_text(encoding="utf-8")
    assert answer.lines
    assert all(text[claim["start"] : claim["end"]] == claim["text"] for claim in answer.lines)
    assert "confirmed" in {claim["verdict"] for claim in answer.lines}
    assert "claims" in answer.err
    assert "confirmed" in tidewaiter(*asked, "--format", "text").out


def test_check_writes_a_page_and_keeps_the_text(tidewaiter, official_store, tmp_path):
    path, kept = tmp_path / "news.txt", tmp_path / "kept.txt"
    path.write_text("財政部公布11月出口374.7億美元。\n", encoding="utf-8")
    asked = ("check", path, "--published", "2023-12-08", "--store", official_store, "--keep-text", kept)
    answer = tidewaiter(*asked, "--format", "html")
    assert answer.out.startswith("<!doctype html>")
    assert kept.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_check_reads_standard_input(official_store):
    call = [sys.executable, "-m", "tidewaiter", "check", "-", "--published", "2023-12-08"]
    done = subprocess.run(
        [*call, "--store", str(official_store)],
        input="11月出口374.7億美元。".encode(),
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0
    assert '"verdict": "confirmed"' in done.stdout.decode()


def test_facts_are_ranked_with_their_figures(tidewaiter, official_store):
    asked = ("facts", "--period", "2025-08", "--top", "5", "--store", official_store, "--format", "json")
    rows = tidewaiter(*asked, "--lang", "zh").json
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5]
    assert [row["weight"] for row in rows] == sorted((row["weight"] for row in rows), reverse=True)
    assert all(row["text"] and row["why"] and row["figures"] for row in rows)
    assert tidewaiter(*asked, "--lang", "en").json[0]["text"] != rows[0]["text"]


def test_write_gives_files_and_their_statements(tidewaiter, official_store, tmp_path):
    asked = ("--out", tmp_path, "--to", "html,txt", "--store", official_store, "--format", "json")
    rows = tidewaiter("write", "brief", "--product", "847150", *asked).json
    assert {row["lang"] for row in rows} == {"zh", "en", ""}
    assert all(Path(row["path"]).stat().st_size == row["bytes"] for row in rows)
    told = json.loads((tmp_path / "statements.json").read_text(encoding="utf-8"))["statements"]
    assert all(statement["figures"] for statement in told)
    assert {statement["lang"] for statement in told} == {"zh", "en"}


def test_a_bulletin_in_an_unknown_language_or_format_is_usage(tidewaiter, official_store, tmp_path):
    asked = ("write", "release", "--period", "2025-08", "--out", tmp_path, "--store", official_store)
    assert tidewaiter(*asked, "--lang", "fr").code == 2
    assert tidewaiter(*asked, "--to", "odd").code == 2


def test_the_demonstration_goes_through(tidewaiter, tmp_path):
    answer = tidewaiter("demo", "--out", tmp_path)
    assert answer.code == 0
    assert all(step in answer.out for step in ("load", "audit", "write release", "write brief", "check"))
    for lang in ("zh", "en"):
        for name in ("release-2025-08", "brief-HS847150"):
            assert (tmp_path / f"{name}.{lang}.pdf").read_bytes().startswith(b"%PDF")
            assert (tmp_path / f"{name}.{lang}.html").exists()
    assert "contradicted" in answer.out
    assert "What to try next" in answer.out


def test_check_of_a_missing_file_is_usage(tidewaiter, tmp_path):
    assert tidewaiter("check", tmp_path / "none.txt").code == 2


def test_a_card_of_an_area_tells_who_belonged_when(tidewaiter, tmp_path):
    (card,) = tidewaiter("define", "東協", "--store", tmp_path, "--format", "json").json
    assert card["code"] == "ASEAN"
    assert card["facts"]["members_now"].startswith("11: ")
    assert "TLS 2025-10.." in card["facts"]["members_dated"]
    assert card["facts"]["members_of_the_release"].startswith("10: ")
    assert "https://" in card["facts"]["list_source"]


def test_a_card_of_a_group_says_what_is_not_published(tidewaiter, tmp_path):
    (card,) = tidewaiter("define", "資通與視聽產品", "--store", tmp_path, "--format", "json").json
    assert "no codes" in card["facts"]["codes_en"]
    assert "2025-09-09" in card["facts"]["list_source"]
    (card,) = tidewaiter("define", "機械", "--store", tmp_path, "--format", "json").json
    assert card["facts"]["excludes_en"].startswith("household appliances")


def test_a_card_of_a_code_names_its_look_alike_and_what_it_leaves_out(tidewaiter, tmp_path):
    (card,) = tidewaiter("define", "伺服器", "--store", tmp_path, "--format", "json").json
    assert card["code"] == "HS847150"
    assert any(alike.startswith("HS847180") for alike in card["look_alikes"])
    assert "HS847180" in card["facts"]["excludes"]
    assert "不含" in tidewaiter("define", "847150", "--store", tmp_path, "--lang", "zh").out


def test_a_statistic_is_defined_by_its_chinese_name(tidewaiter, tmp_path):
    (card,) = tidewaiter("define", "年增率", "--store", tmp_path, "--format", "json").json
    assert (card["kind"], card["code"]) == ("statistic", "yoy")


def test_revisions_sum_up_first_against_latest(tidewaiter, official_store):
    asked = ("revisions", "TWN.exports", "--store", official_store, "--format", "json")
    months = next(row for row in tidewaiter(*asked, "--show", "summary").json if row["of"] == "months")
    rows = [row for row in tidewaiter(*asked, "--show", "periods").json if row["vintages"] > 1]
    rows = [row for row in rows if len(row["period"]) == 7]
    assert months["periods"] == len(rows)
    sizes = [abs(row["latest"] - row["first"]) for row in rows]
    assert months["mean_absolute"] == pytest.approx(sum(sizes) / len(sizes))
    assert abs(months["mean"]) <= months["mean_absolute"]
    assert abs(months["largest"]) == max(sizes)


def test_revisions_of_a_statistic_a_release_does_not_print(tidewaiter, official_store):
    """Growth of November 2023: 3.8 first, 3.72 later (財政部統計處)."""
    asked = (
        "revisions",
        "TWN.exports",
        "--statistic",
        "yoy",
        "--period",
        "2023-11",
        "--store",
        official_store,
    )
    (row,) = tidewaiter(*asked, "--show", "periods", "--format", "json").json
    assert (row["first"], round(row["latest"], 2)) == (3.8, 3.72)
    assert row["percent"] is None
