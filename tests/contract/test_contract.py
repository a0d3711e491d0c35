"""Every source of the registry through one set of checks, over one table of sample files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from contract_places import holds
from contract_samples import BESIDE, Sample, in_docs, samples

from tidewaiter.api import open_store
from tidewaiter.errors import FaultsError
from tidewaiter.model.observation import LEVEL
from tidewaiter.nomenclature import CodeList, areas, commodities, flows, indicators
from tidewaiter.nomenclature.described import label_of
from tidewaiter.sources import registry
from tidewaiter.sources.sdmx.source import flows as dataflows
from tidewaiter.store import Store
from tidewaiter.store.frame import from_frame, to_frame
from tidewaiter.store.interchange import FORMATS, extract, write
from tidewaiter.store.load import Incoming

if TYPE_CHECKING:
    from tidewaiter.model.release import Reading
    from tidewaiter.sources.protocol import Blob

_DOCS = Path(__file__).resolve().parents[2] / "docs" / "sources.md"
_GENERAL = {"documents", "gta"}  # by words of headings, so asked after those that know a layout exactly
_ALSO = {"bulk-comtrade": {"comtrade"}}  # answers may leave columns out; the narrower layout is asked first
_SAME = [
    "reporter", "flow", "commodity", "partner", "measure", "first", "last", "statistic", "of", "value",
    "unit", "decimals", "preliminary", "known_at",
]  # fmt: skip
_LOOKED_UP = 400  # observations of a file whose place is looked up
_ALL = samples()


def _marked(some: list[Sample]):
    return [
        pytest.param(one, id=str(one), marks=[pytest.mark.shared] if one.kind == BESIDE else [])
        for one in some
    ]


with_data = pytest.mark.parametrize("sample", _marked([one for one in _ALL if not one.refused]))
without_data = pytest.mark.parametrize("sample", _marked([one for one in _ALL if one.refused]))


@cache
def _file(sample: Sample) -> Blob:
    if sample.kind == BESIDE and not sample.path.is_file():
        pytest.skip(f"needs ../shared/{sample.file}, which is not beside this checkout")
    return sample.blob()


@cache
def _readings(sample: Sample) -> list[Reading]:
    blob = _file(sample)
    return registry.recognise(blob).read(blob)


def _frame(reading: Reading) -> pl.DataFrame:
    if reading.table is None:
        return to_frame(reading.observations)
    return getattr(reading.table, "frame", reading.table)


def _whole(sample: Sample) -> pl.DataFrame:
    return pl.concat(_frame(reading) for reading in _readings(sample))


def test_every_source_has_a_sample():
    lacking = {source.name for source in registry.SOURCES} - {one.source for one in _ALL}
    assert not lacking, f"give {', '.join(sorted(lacking))} a row in tests/contract/contract_samples.py"


def test_no_sample_is_of_a_source_that_is_gone():
    assert {one.source for one in _ALL} <= {source.name for source in registry.SOURCES}


def test_every_dataflow_with_a_mapping_has_a_sample():
    read = {reading.dataset for one in _ALL if one.source == "sdmx" for reading in _readings(one)}
    assert {mapping.dataset for mapping in dataflows()} <= read


def test_the_table_of_the_docs_is_the_table_of_the_suite():
    page = _DOCS.read_text(encoding="utf-8")
    assert page == in_docs(page), "run: python tests/contract/contract_samples.py"


@pytest.mark.parametrize("sample", _marked(_ALL))
def test_is_claimed_by_its_source_and_by_no_other(sample):
    blob = _file(sample)
    claims = {source.name for source in registry.SOURCES if source.sniff(blob)}
    others = (_GENERAL | _ALSO.get(sample.source, set())) - {sample.source}
    assert claims - others == {sample.source}
    assert registry.recognise(blob).name == sample.source


@without_data
def test_what_is_no_data_is_refused_with_a_reason(sample):
    with pytest.raises(FaultsError) as raised:
        _readings(sample)
    assert all(fault.problem and fault.place.startswith(_file(sample).name) for fault in raised.value.faults)


@with_data
def test_every_number_is_an_observation_a_derived_cell_or_layout(sample):
    for reading in _readings(sample):
        frame = _frame(reading)
        assert frame.height > 0
        assert reading.numeric_cells == frame.height + reading.layout_cells


@with_data
def test_places_lead_back_to_the_number(sample):
    blob = _file(sample)
    frame = _whole(sample)
    assert set(frame["file"]) == {blob.name}
    some = frame if frame.height <= _LOOKED_UP else frame.gather_every(frame.height // _LOOKED_UP + 1)
    lost = [seen for seen in from_frame(some) if " more" not in seen.place.cell and not holds(blob, seen)]
    assert not lost, [
        f"{seen.key} {seen.period} {seen.statistic} {seen.value} at {seen.place}" for seen in lost[:5]
    ]


@with_data
def test_keys_have_names_in_both_languages(sample):
    frame = _whole(sample)
    goods = set() if sample.unnamed else set(frame["commodity"])
    nameless = [code for code in {*frame["reporter"], *frame["partner"]} if not _named(code, areas())]
    nameless += [flow for flow in set(frame["flow"]) if not _named(flow, flows(), indicators())]
    nameless += [code for code in goods if not (_named(code, commodities(), indicators()) or _official(code))]
    assert not sorted(nameless)


def _named(code: str, *lists: CodeList) -> bool:
    return any(code in one.entries and one.entries[code].zh and one.entries[code].en for one in lists)


def _official(code: str) -> bool:
    return all(label_of(code, lang) for lang in ("zh", "en"))


@with_data
def test_loading_twice_changes_nothing(sample, tmp_path):
    blob = _file(sample)
    incoming = [Incoming(blob.name, blob.data, _readings(sample))]
    store = open_store(tmp_path / "store")
    first, second = store.put(incoming), store.put(incoming)
    assert all(done.is_new for done in first)
    assert not any(done.is_new for done in second)
    assert [done.release for done in second] == [done.release for done in first]
    assert (
        sum(done.release.observations + done.release.derived_cells for done in first) == _whole(sample).height
    )
    levels = (_whole(sample)["statistic"] == LEVEL).sum()
    assert sum(done.release.observations for done in first) == levels


@with_data
@pytest.mark.parametrize("form", FORMATS)
def test_what_is_exported_loads_again_as_the_same_observations(sample, form, tmp_path):
    blob = _file(sample)
    open_store(tmp_path / "one").put([Incoming(blob.name, blob.data, _readings(sample))])
    one = Store(tmp_path / "one")
    suffix = {"sdmx-csv": "csv"}.get(form, form)
    file = write(extract(one, one.releases()), tmp_path / f"out.{suffix}")
    open_store(tmp_path / "other").load(file)
    other = Store(tmp_path / "other")
    for release in one.releases():
        (again,) = [found for found in other.releases() if found.id == release.id]
        told = ("dataset", "edition", "title", "publisher", "authority", "published", "preliminary")
        assert [getattr(again, name) for name in told] == [getattr(release, name) for name in told]
        mine, theirs = (
            shelf.scan(found).collect().select(_SAME).sort(_SAME)
            for shelf, found in ((one, release), (other, again))
        )
        assert theirs.equals(mine)


# Table 14 prints other countries' months and their sum from different vintages: two sums are not their months
_DIFFER = {
    (
        "Table14_Import_and_ExportValues_and_AnnualGrowthRates_for_MajorCountries__OR_Regions.xlsx",
        "sum.months",
    ): 2
}
_TOTALS = ("sum.", "balance")


@with_data
def test_printed_totals_are_the_sums_of_their_parts(sample, tmp_path):
    blob = _file(sample)
    store = open_store(tmp_path / "store")
    store.put([Incoming(blob.name, blob.data, _readings(sample))])
    differ = {
        (blob.name, rule): counts["disagrees"]
        for _, audit in store.audit()
        for rule, counts in audit.counts().items()
        if rule.startswith(_TOTALS) and counts["disagrees"]
    }
    assert differ == {found: count for found, count in _DIFFER.items() if found[0] == blob.name}


def test_the_totals_of_the_carried_release_are_tried_on_many_numbers(tmp_path):
    store = open_store(tmp_path / "store")
    blobs = [_file(sample) for sample in _ALL if sample.source == "mof-release"]
    store.put([Incoming(blob.name, blob.data, registry.recognise(blob).read(blob)) for blob in blobs])
    ((_, audit),) = store.audit()
    agreed = {rule: counts["agrees"] for rule, counts in audit.counts().items() if rule.startswith(_TOTALS)}
    assert agreed["balance"] >= 190
    assert agreed["sum.members"] >= 48
    assert agreed["sum.months"] >= 120
