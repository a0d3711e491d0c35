"""A layout nobody described is read right with at most two corrections."""

import pytest
import yaml
from cases import FOLDER, Case, corrections, keys, right_of

from tidewaiter.sources.mapping.propose import propose
from tidewaiter.sources.mapping.read import read
from tidewaiter.sources.mapping.spec import parse

_TUNED = sorted((FOLDER / "layouts").glob("*.yml"))
_HELD_OUT = sorted((FOLDER / "held_out").glob("*.yml"))
_LATER = [
    path for folder in ("second", "third", "fourth") for path in sorted((FOLDER / folder).glob("*.yml"))
]
_ALL = [*_TUNED, *_HELD_OUT, *_LATER]
_NOT_YET = {"pinksheet"}  # prices of goods across the top, each in a unit of its own
_AT_MOST = 2


def _id(path) -> str:
    return path.stem


@pytest.mark.parametrize("path", [path for path in _ALL if path.stem not in _NOT_YET], ids=_id)
def test_a_proposal_needs_at_most_two_corrections(path):
    found = corrections(Case.load(path))
    assert len(found) <= _AT_MOST, found


@pytest.mark.parametrize("path", _ALL, ids=_id)
def test_the_right_mapping_reads_what_the_eye_reads(path):
    case = Case.load(path)
    read = keys(right_of(case))
    for key, period, value, unit in case.check:
        assert read[key, period] == (pytest.approx(value), unit)


@pytest.mark.parametrize("path", _ALL, ids=_id)
def test_every_proposal_is_a_mapping_with_its_grounds(path):
    proposal = propose(Case.load(path).blob)
    assert parse(proposal.yaml, unfilled=True).values
    assert yaml.safe_load(proposal.yaml) == {**proposal.parts}
    assert "# " in proposal.yaml


def test_on_average_less_than_one_correction_is_needed():
    counts = [len(corrections(Case.load(path))) for path in _TUNED]
    assert len(counts) >= 25
    assert sum(counts) / len(counts) < 1


def test_places_lead_back_to_the_file_s_own_columns_where_the_first_one_was_parted():
    case = Case.load(FOLDER / "second" / "eurostat-tsv.yml")
    table = read(parse(yaml.safe_dump(case.right)), case.blob).table
    places = dict(zip(table["value"].to_list(), table["cell"].to_list(), strict=True))
    assert places[97000.2] == "line 3, column C"
    assert places[680000.3] == "line 4, column D"
