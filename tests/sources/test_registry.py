"""Recognition by content, and the way from paths to files in hand."""

import hashlib
import io
import zipfile

import pytest

from tidewaiter import official
from tidewaiter.errors import FaultsError, UnknownLayoutError, UsageError
from tidewaiter.sources import registry
from tidewaiter.sources.archive import Bounds, is_archive, unpack
from tidewaiter.sources.manifest import manifest
from tidewaiter.sources.protocol import Blob
from tidewaiter.sources.registry import blobs, files, recognise

_ZERO = b"0" * 1_000_000


def _zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_each_carried_file_is_recognised_by_one_source_only():
    names = {}
    for found in files([official.folder()]):
        claims = [source.name for source in registry.SOURCES if source.sniff(found.blob)]
        assert len(claims) == 1, found.blob.name
        names.setdefault(claims[0], []).append(found.blob.name)
    assert {name: len(of) for name, of in names.items()} == {
        "mof-release": 16,
        "customs-query": 1,
        "moea-brief": 1,
        "mof-database": 1,
        "press-first-reported": 1,
        "press-facts": 1,
        "ndc-components": 1,
    }


def test_recognition_needs_no_file_name(carried):
    csv = carried("mof-database/exports_2001-01_2026-07.csv")
    assert recognise(Blob("x", csv.data)).name == "mof-database"


@pytest.mark.parametrize("data", [b"", b" \n", b"a,b\n1,2\n", b"\x00\x01\x02", "只是一段話".encode()])
def test_unknown_layouts_list_what_is_read(data):
    with pytest.raises(UnknownLayoutError) as raised:
        recognise(Blob("x.csv", data))
    assert "mof-release" in raised.value.hint
    assert raised.value.where == "x.csv"


def test_carried_folders_tell_their_origin_and_hold_the_files_listed():
    published = {}
    for folder in official.folders():
        origin = manifest(folder)
        published[folder.name] = str(origin.published)
        assert origin.publisher
        assert origin.licence
        held = {path.name for path in folder.iterdir()} - {"origin.yml"}
        assert held == set(origin.sha256)
    assert published["mof-release-2025-08"] == "2025-09-09"
    assert published["moea-brief-459"] == "2024-10-30"
    assert len(published) == 6


def test_folder_is_walked_in_order_without_hidden_files(tmp_path):
    for name in ("b.csv", "a.csv", ".hidden", "sub/c.csv", "__pycache__/d.pyc"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    (tmp_path / "origin.yml").write_text("published: 2025-09-09\n")
    found = list(files([tmp_path]))
    assert [one.blob.name for one in found] == ["a.csv", "b.csv", "c.csv"]
    assert [str(one.origin.published) for one in found] == ["2025-09-09", "2025-09-09", "None"]


def test_zip_of_workbooks_and_text_is_unpacked_but_a_workbook_is_not(tmp_path):
    workbook = _zip({"[Content_Types].xml": b"x", "xl/workbook.xml": b"<x/>"})
    for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        path = tmp_path / "all.zip"
        path.write_bytes(_zip({"t/b.xlsx": workbook, "a.csv": b"1", "__MACOSX/a.csv": b"2"}, compression))
        found = list(blobs([path]))
        assert [blob.name for blob in found] == ["all.zip/a.csv", "all.zip/t/b.xlsx"]
        assert found[1].data == workbook
    assert not is_archive(workbook)


def test_member_names_in_big5_are_read():
    data = _zip({"XXXX.csv": b"1"}).replace(b"XXXX", "出口".encode("cp950"))
    assert [blob.name for blob in unpack(Blob("z.zip", data))] == ["z.zip/出口.csv"]


def test_archive_in_an_archive_is_read_and_a_third_refused():
    inner = _zip({"a.csv": b"1"})
    twice = _zip({"inner.zip": inner})
    assert [blob.name for blob in unpack(Blob("o.zip", twice))] == ["o.zip/inner.zip/a.csv"]
    with pytest.raises(FaultsError, match="more than 2 deep"):
        list(unpack(Blob("o.zip", _zip({"twice.zip": twice}))))


def test_zip_bomb_is_refused():
    with pytest.raises(FaultsError, match="200 times its size"):
        list(unpack(Blob("bomb.zip", _zip({"a": _ZERO}))))


def test_bomb_in_parts_over_two_levels_is_refused():
    inner = _zip({"a": b"1" * 400})
    bomb = _zip({f"{n}.zip": inner for n in range(100)})
    with pytest.raises(FaultsError, match="in all"):
        list(unpack(Blob("bomb.zip", bomb), Bounds(total_size=20_000)))


@pytest.mark.parametrize(
    ("bounds", "says"),
    [
        (Bounds(members=1), "2 members, more than 1"),
        (Bounds(member_size=3), "a unpacks to more than"),
        (Bounds(total_size=5), "in all"),
    ],
)
def test_bounds_of_an_archive(bounds, says):
    data = _zip({"a": b"1234", "b": b"5678"})
    with pytest.raises(FaultsError, match=says):
        list(unpack(Blob("z.zip", data), bounds))


def test_damaged_archive_is_refused():
    data = _zip({"a.csv": b"1,2,3" * 100})
    with pytest.raises(FaultsError, match="cannot be unpacked"):
        list(unpack(Blob("z.zip", data[:-30])))


def test_paths_that_hold_nothing(tmp_path):
    with pytest.raises(UsageError, match="no file or folder"):
        list(blobs([tmp_path / "nowhere"]))
    with pytest.raises(UsageError, match="holds no files"):
        list(blobs([tmp_path]))


def test_file_that_is_not_the_one_its_manifest_lists(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"1")
    right = hashlib.sha256(b"1").hexdigest()
    (tmp_path / "origin.yml").write_text(f"sha256:\n  a.csv: {right}\n")
    assert len(list(blobs([tmp_path]))) == 1
    (tmp_path / "a.csv").write_bytes(b"2")
    with pytest.raises(FaultsError, match="sha256 differs"):
        list(blobs([tmp_path]))


@pytest.mark.parametrize("text", ["- a\n", "published: soon\n", "colour: blue\n", "a: [\n", "sha256: x\n"])
def test_manifest_that_does_not_read(tmp_path, text):
    (tmp_path / "origin.yml").write_text(text)
    with pytest.raises(FaultsError):
        manifest(tmp_path)


@pytest.mark.shared
def test_forum_thread_of_the_seeds_has_no_tables(shared):
    with pytest.raises(UnknownLayoutError):
        recognise(shared("seeds/000_891d856470c436e4.txt"))
