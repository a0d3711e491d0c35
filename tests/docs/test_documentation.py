"""The documentation keeps up with the code: pages read off it, links, docstrings."""

import ast
import importlib.util
import re
import sys
from pathlib import Path

import pytest

from tidewaiter.sources.registry import SOURCES
from tidewaiter.statistics import statistics

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tidewaiter"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MODULES = sorted(SOURCE.rglob("*.py"))
TITLE = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")


def _generator():
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "_generate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


GENERATE = _generator()


def _prose(page: Path) -> str:
    """The page without its code blocks."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def _anchors(page: Path) -> set[str]:
    titles = TITLE.findall(_prose(page))
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", sorted(GENERATE.PAGES))
def test_page_read_off_the_code_is_up_to_date(name):
    kept = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert kept == GENERATE.PAGES[name](), "run: python docs/_generate.py"


@pytest.mark.parametrize("name", sorted(statistics()))
def test_every_statistic_is_on_its_page(name):
    page = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    one = statistics()[name]
    row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
    assert one.zh in row
    assert one.en in row


@pytest.mark.parametrize("verb", GENERATE.verbs(), ids=lambda verb: verb.name)
def test_every_command_and_option_is_documented_with_its_meaning(verb):
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {verb.name}\n")[2].partition("\n## ")[0]
    assert section, f"no section {verb.name}"
    for argument in verb.app.assemble_argument_collection():
        if argument.names != ("*",):
            assert f"`{argument.names[0]}" in section or f"`{argument.names[0]} " in page
    assert all(meaning for _, meaning in GENERATE.options(verb))


@pytest.mark.parametrize("name", sorted({source.name for source in SOURCES}))
def test_every_source_is_on_its_page(name):
    assert f"`{name}`" in (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for found in LINK.finditer(_prose(page)):
        target = found[1] or found[2]
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), f"{page.name} links to {target}"
        if anchor and other.suffix == ".md":
            assert anchor in _anchors(other), f"{page.name} links to {target}"


def test_the_two_readmes_link_to_each_other():
    assert "(README.zh.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(README.md)" in (ROOT / "README.zh.md").read_text(encoding="utf-8")


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert all(f"({page.name})" in listed for page in folder.glob("0*.md"))


def test_make_targets_named_in_the_prose_are_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"^make (\w+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{page.name}: make {target}"


def test_the_pictures_are_light_enough_for_a_page():
    pictures = list((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    assert all(picture.stat().st_size < 200_000 for picture in pictures)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(SOURCE)))
def test_everything_public_has_a_docstring(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    bare = [name for name, node in _public(tree) if not ast.get_docstring(node)]
    assert not bare, f"without a docstring: {', '.join(bare)}"


def _public(node: ast.AST, prefix: str = ""):
    if isinstance(node, ast.Module):
        yield "the module", node
    for inner in getattr(node, "body", []):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        if isinstance(inner, kinds) and not inner.name.startswith("_") and not _overload(inner):
            yield f"{prefix}{inner.name}", inner
            if isinstance(inner, ast.ClassDef):
                yield from _public(inner, f"{inner.name}.")


def _overload(node: ast.AST) -> bool:
    return any(getattr(mark, "id", "") == "overload" for mark in getattr(node, "decorator_list", []))
