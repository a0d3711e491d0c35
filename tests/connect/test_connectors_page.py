"""docs/connectors.md keeps up with the code: every API, key and kind of error has its place."""

import re
from pathlib import Path

import pytest

from tidewaiter.connect import judge
from tidewaiter.connect.apis import apis

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "connectors.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "tidewaiter" / "connect"


@pytest.mark.parametrize("name", sorted(apis()))
def test_every_api_has_a_row_that_names_its_host_and_what_it_was_tried_on(name):
    row = next(line for line in PAGE.splitlines() if line.startswith("| `fetch") and f"(`{name}`)" in line)
    assert apis()[name].base in row
    assert "replayed shapes" in row


def test_the_page_says_that_nothing_was_tried_live():
    assert "not yet against the live services" in PAGE


@pytest.mark.parametrize("key", sorted({api.key for api in apis().values() if api.key} | {"address"}))
def test_every_key_is_named(key):
    assert f"`TIDEWAITER_{key.upper()}_KEY`" in PAGE


def test_every_kind_of_error_is_listed():
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py"))
    raised = set(re.findall(r'kind="([a-z-]+)"', text))
    listed = judge.__doc__ or ""
    assert raised
    assert not [kind for kind in sorted(raised) if not re.search(rf"\b{kind}\b", listed)]
