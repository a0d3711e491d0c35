"""``tidewaiter load`` and ``list``."""

from __future__ import annotations

import shutil
import zipfile

import pytest

from tidewaiter import official

QUERY = official.folder() / "customs-hs847150" / "exports_hs847150_2024-01_2026-06.csv"
RELEASE = official.folder() / "mof-release-2025-08"


def test_a_release_of_workbooks_is_counted_cell_by_cell(tidewaiter, tmp_path):
    answer = tidewaiter("load", RELEASE, "--store", tmp_path, "--format", "json")
    (release,) = answer.json
    assert answer.code == 0
    assert release["release"] == "mof-release@2025-08"
    assert release["published"] == "2025-09-09"
    assert release["numeric_cells"] == 7501
    counted = ("observations", "derived_cells", "layout_cells")
    assert sum(release[name] for name in counted) == 7501
    assert len(release["files"]) == 16


def test_the_shared_workbooks_are_all_read(tidewaiter, tmp_path, shared_path):
    path = shared_path("data/mof-2025-08")
    answer = tidewaiter("load", path, "--published", "2025-09-09", "--store", tmp_path, "--format", "json")
    assert sum(release.get("numeric_cells", 0) for release in answer.json) == 7501


def test_a_csv_counts_rows(tidewaiter, tmp_path):
    (release,) = tidewaiter("load", QUERY, "--store", tmp_path, "--format", "json").json
    assert release["rows"] == 30
    assert release["dataset"] == "customs-query"
    assert release["preliminary"] == 1


def test_jsonl_gives_one_release_a_line(tidewaiter, tmp_path):
    answer = tidewaiter("load", official.folder(), "--store", tmp_path, "--format", "jsonl")
    assert len(answer.lines) == len({release["release"] for release in answer.lines}) > 4


def test_loading_twice_says_that_nothing_is_new(tidewaiter, tmp_path):
    tidewaiter("load", QUERY, "--store", tmp_path)
    (release,) = tidewaiter("load", QUERY, "--store", tmp_path, "--format", "json").json
    assert release["new"] is False
    assert len(tidewaiter("list", "--store", tmp_path, "--format", "json").json) == 1


def test_dry_run_loads_nothing(tidewaiter, tmp_path):
    answer = tidewaiter("load", QUERY, "--store", tmp_path / "s", "--dry-run", "--format", "json")
    assert answer.json[0]["observations"] == 30
    assert "dry run" in answer.err
    assert tidewaiter("list", "--store", tmp_path / "s", "--format", "json").json == []


def test_the_user_tells_the_publication_day(tidewaiter, tmp_path):
    copy = shutil.copy(QUERY, tmp_path)
    (release,) = tidewaiter("load", copy, "--store", tmp_path / "s", "--format", "json").json
    assert release["published_inferred"] is True
    told = tidewaiter(
        "load", copy, "--published", "2026-07-09", "--store", tmp_path / "t", "--format", "json"
    )
    assert told.json[0]["published"] == "2026-07-09"
    assert told.json[0]["published_inferred"] is False


def test_a_zip_is_read_like_its_folder(tidewaiter, tmp_path):
    archive = tmp_path / "query.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(QUERY, "inside/exports.csv")
    (release,) = tidewaiter("load", archive, "--store", tmp_path / "s", "--format", "json").json
    assert release["observations"] == 30
    assert release["files"] == ["query.zip/inside/exports.csv"]


def test_documents_in_a_folder_are_passed_over_with_a_finding(tidewaiter, tmp_path):
    shutil.copy(QUERY, tmp_path)
    (tmp_path / "README.md").write_text("whose these are")
    (release,) = tidewaiter("load", tmp_path, "--store", tmp_path / "s", "--format", "json").json
    assert release["findings"] == ["README.md: this is no data; passed over"]


def test_a_list_in_a_folder_is_passed_over_and_refused_alone(tidewaiter, tmp_path):
    shutil.copy(QUERY, tmp_path)
    path = tmp_path / "thresholds.csv"
    path.write_text("item,rule,value,applies_from\nexports,red,15,2020\n", encoding="utf-8")
    (release,) = tidewaiter("load", tmp_path, "--store", tmp_path / "s", "--format", "json").json
    assert "thresholds.csv" in release["findings"][0]
    assert tidewaiter("load", path, "--store", tmp_path / "s").code == 1


def test_a_stranger_in_a_folder_is_refused_and_the_others_are_loaded(tidewaiter, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(QUERY, folder)
    (folder / "stranger.csv").write_text("a,b\n1,2\n")
    (folder / "other.csv").write_text("c;d\n1;2\n")
    answer = tidewaiter("load", folder, "--store", tmp_path / "s")
    assert answer.code == 1
    assert "stranger.csv" in answer.err
    assert "other.csv" in answer.err
    assert "2 files were refused" in answer.err
    (release,) = tidewaiter("list", "--store", tmp_path / "s", "--format", "json").json
    assert release["release"].startswith("customs-query")


def test_a_folder_of_nothing_but_strangers_is_refused(tidewaiter, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "stranger.csv").write_text("a,b\n1,2\n")
    (folder / "other.csv").write_text("c;d\n1;2\n")
    answer = tidewaiter("load", folder, "--store", tmp_path / "s")
    assert answer.code == 1
    assert "stranger.csv" in answer.err
    assert "other.csv" in answer.err
    assert not (tmp_path / "s" / "catalogue.json").exists()


def test_a_stranger_named_by_itself_refuses_the_whole_load(tidewaiter, tmp_path):
    (tmp_path / "stranger.csv").write_text("a,b\n1,2\n")
    answer = tidewaiter("load", QUERY, tmp_path / "stranger.csv", "--store", tmp_path / "s")
    assert answer.code == 1
    assert not (tmp_path / "s" / "catalogue.json").exists()


def test_a_broken_archive_in_a_folder_leaves_the_other_files(tidewaiter, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(QUERY, folder)
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no archive")
    answer = tidewaiter("load", folder, "--store", tmp_path / "s", "--format", "json")
    assert answer.code == 1
    assert "broken.zip" in answer.err
    assert len(answer.json) == 1


def test_one_unknown_file_is_an_unknown_layout_with_what_is_read(tidewaiter, tmp_path):
    path = tmp_path / "stranger.csv"
    path.write_text("a,b\n1,2\n")
    answer = tidewaiter("load", path, "--store", tmp_path / "s")
    assert answer.code == 1
    assert answer.err.startswith("Unknown layout")
    assert "customs-query" in answer.err
    assert answer.out == ""


def test_all_faults_of_a_file_are_told_and_nothing_is_loaded(tidewaiter, tmp_path):
    lines = QUERY.read_text(encoding="utf-8-sig").splitlines()
    lines[3] = lines[3].rpartition(",")[0] + ",x"
    lines[5] = lines[5].rpartition(",")[0] + ",y"
    path = tmp_path / "exports.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    answer = tidewaiter("load", path, "--store", tmp_path / "s")
    assert answer.code == 1
    assert "line 4" in answer.err
    assert "line 6" in answer.err
    assert tidewaiter("list", "--store", tmp_path / "s", "--format", "json").json == []


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl"])
def test_list_tells_each_release_in_every_format(tidewaiter, official_store, form):
    answer = tidewaiter("list", "--store", official_store, "--format", form)
    assert answer.code == 0
    assert "mof-release@2025-08" in answer.out
    assert "2025-09-09" in answer.out


def test_list_has_the_columns_of_the_contract(tidewaiter, official_store):
    row = tidewaiter("list", "--store", official_store, "--format", "json").json[0]
    wanted = (
        "release",
        "dataset",
        "source",
        "published",
        "periods",
        "observations",
        "vintage",
        "preliminary",
    )
    assert all(name in row for name in wanted)


def test_an_empty_store_says_what_to_do(tidewaiter, tmp_path):
    answer = tidewaiter("list", "--store", tmp_path / "none")
    assert answer.code == 0
    assert "tidewaiter load" in answer.err
