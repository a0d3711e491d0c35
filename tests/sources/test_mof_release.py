"""The ministry's monthly release: sixteen real workbooks, and small ones made to be awkward."""

from pathlib import Path

import pytest

from tidewaiter.sources.mof_release import SOURCE
from tidewaiter.sources.protocol import Blob

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "mof-2025-08"


def real_files():
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the repository: the ministry's workbooks are not here")
    return [Blob(path.name, path.read_bytes()) for path in sorted(SHARED.glob("*.xlsx"))]


@pytest.mark.shared
def test_every_number_of_the_sixteen_workbooks_becomes_one_observation():
    readings = [reading for blob in real_files() for reading in SOURCE.read(blob)]
    assert len(readings) == 16
    assert {reading.edition for reading in readings} == {"2025-08"}
    assert sum(reading.numeric_cells for reading in readings) == 7501
    assert sum(len(reading.observations) for reading in readings) == 7501
    assert sum(reading.layout_cells for reading in readings) == 0
