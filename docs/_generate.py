"""Writes the pages that are read off the code; a test fails when one of them is not up to date.

python docs/_generate.py          docs/statistics.md, docs/commands.md, the tables of docs/verdicts.md
"""  # noqa: INP001

from __future__ import annotations

import sys
from dataclasses import dataclass, is_dataclass
from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from docstring_parser import parse

from tidewaiter.check import stated
from tidewaiter.check.judged import Verdict
from tidewaiter.check.report.words import SIGNS, label
from tidewaiter.cli.app import make
from tidewaiter.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cyclopts import App

DOCS = Path(__file__).parent
_NOTE = "<!-- Written by docs/_generate.py from the code. Do not edit. -->"
_SHARED = ("--store", "--as-of", "--lang")

_STATISTICS = f"""{_NOTE}

# Statistics

Each is defined once, in its own file under `src/tidewaiter/statistics`, and serves tables, sentences, the
audit and the check. *x* is a level, *t* the period asked for; for a span levels are summed first. A formula
works on floats and on intervals alike, so a figure computed from rounded levels carries what the rounding
leaves open. Where the unit is *as the series*, the value keeps the unit of its levels.

A statistic with parameters is asked for as `share:partner` or `rank:level:same_month`; without one the
default stands in bold.

"""

_COMMANDS = f"""{_NOTE}

# Commands

`tidewaiter VERB …`: data go to standard output, talk and progress to standard error.

| exit code | means |
|---|---|
| 0 | fine |
| 1 | findings: a number that does not agree, a claim that is contradicted, faults in a file |
| 2 | the call itself is off |
| 3 | a source is not available |

## Options of every verb

| option | meaning |
|---|---|
| `--store PATH` | Folder of the store. Default: in the user's data directory. Also `TIDEWAITER_STORE`. |
| `--as-of DATE` | Answer as known on this day, such as `2025-09-09`. |
| `--lang zh\\|en` | Language of names and texts. Default: from `LANG`. |

`KEY` names a series: `reporter.flow.commodity.partner`, each part a code or a name in Chinese or English.
Empty parts mean total or world, `*` means each: `TWN.exports.ict_av.W00`, `TWN.出口.847150.美國`,
`TWN.exports.*.USA`. A period is `2025-08`, `2025-Q1`, `2025-H1`, `2025`, a span `2025-01..2025-08` or years
`2018..2023`.
"""


@dataclass(frozen=True)
class Verb:
    """A command: what it is called, the function behind it, its application."""

    name: str
    entry: Callable[..., int]
    app: App


def statistics_page() -> str:
    """docs/statistics.md."""
    rows = [
        (
            f"`{name}`", one.zh, one.en, f"`{one.formula}`", _unit(one.unit),
            ", ".join(f"**`{of}`**" if of == one.of else f"`{of}`" for of in one.parameters) or "–",
            one.source,
        )
        for name, one in sorted(statistics().items())
    ]  # fmt: skip
    return _STATISTICS + table(("name", "中文", "English", "formula", "unit", "parameters", "after"), rows)


def commands_page() -> str:
    """docs/commands.md."""
    return _COMMANDS + "".join(_section(verb) for verb in verbs())


def hedges() -> str:
    """The table of hedging words, from the sets the check itself uses."""
    rules = (
        (stated._OVER, "v to the next round step; without upper end for 以上, at least, above"),  # noqa: SLF001
        (stated._BELOW, "0.95 v to v; 0.9 v to v for whole multiples (近2倍)"),  # noqa: SLF001
        (stated._AROUND, "v ± half of its last digit, or ± 5 % where that is more"),  # noqa: SLF001
        (stated._PLUS, "v to 2 v"),  # noqa: SLF001
    )
    rows = [("、".join(sorted(words, key=_chinese_first)), rule) for words, rule in rules]
    return table(("words", "the number may be"), rows)


def verdicts() -> str:
    """The table of verdicts, in the order the check keeps."""
    rows = [(SIGNS[one], f"`{one}`", label(one, "zh"), label(one, "en")) for one in Verdict]
    return table(("sign", "in JSON", "中文", "English"), rows)


def verdicts_page() -> str:
    """docs/verdicts.md, its tables renewed."""
    text = (DOCS / "verdicts.md").read_text(encoding="utf-8")
    for name, made in (("verdicts", verdicts()), ("hedges", hedges())):
        head, _, rest = text.partition(f"<!-- {name} -->\n")
        _, _, tail = rest.partition(f"<!-- end of {name} -->")
        text = f"{head}<!-- {name} -->\n{made}<!-- end of {name} -->{tail}"
    return text


def verbs() -> list[Verb]:
    """Every command with the function behind it, in the order of the help."""
    return list(_walk(make(), ()))


def options(verb: Verb) -> list[tuple[str, str]]:
    """Its arguments and options with what they mean, those of every verb left out."""
    told = _told(verb.entry)
    found = []
    for one in verb.app.assemble_argument_collection():
        names = [name for name in one.names if not name.startswith("--no-")]
        if one.names == ("*",) or (one.names[0] in _SHARED and verb.name.partition(" ")[0] != "write"):
            continue
        if one.names[0] in _SHARED[:2]:
            continue
        meaning = one.parameter.help or told.get(names[0].lstrip("-").replace("-", "_").lower(), "")
        default = one.field_info.default
        if one.show_default and default not in (False, None):
            meaning = f"{meaning} Default: {default}."
        taken = "" if one.hint is bool or one.index is not None else _values(one.hint)
        found.append((f"{names[0]} {taken}".strip(), meaning))
    return found


PAGES = {"statistics.md": statistics_page, "commands.md": commands_page, "verdicts.md": verdicts_page}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown; bars inside a cell are escaped."""
    head = list(head)
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _unit(unit: object) -> str:
    named = {"None": "as the series", "bool": "yes or no", "percentage_point": "percentage points"}
    return named.get(str(unit), str(unit))


def _chinese_first(word: str) -> tuple[bool, str]:
    return word.isascii(), word


def _walk(app: App, path: tuple[str, ...]) -> Iterator[Verb]:
    for name in app:
        if name.startswith("-"):
            continue
        inner = app[name]
        if inner.default_command is None:
            yield from _walk(inner, (*path, name))
        else:
            yield Verb(" ".join((*path, name)), inner.default_command, inner)


def _section(verb: Verb) -> str:
    doc = parse(getdoc(verb.entry) or "")
    positional = " ".join(name for name, _ in options(verb) if not name.startswith("-"))
    head = f"\n## {verb.name}\n\n```text\ntidewaiter {f'{verb.name} {positional}'.strip()} [OPTIONS]\n```\n\n"
    text = "\n\n".join(part for part in (doc.short_description, doc.long_description) if part)
    rows = [(f"`{name}`", meaning) for name, meaning in options(verb)]
    shown = "".join(f"{line.strip()}\n" for line in _examples(verb.entry))
    return f"{head}{text}\n\n{table(('argument', 'meaning'), rows)}\n```sh\n{shown}```\n"


def _examples(entry: Callable[..., int]) -> list[str]:
    _, _, after = (getdoc(entry) or "").partition("Examples:\n")
    return [line for line in after.partition("\n\n")[0].splitlines() if line.strip()]


def _told(entry: Callable[..., int]) -> dict[str, str]:
    """What the docstrings of a command and of its groups of options tell of each."""
    groups = [part for hint in get_type_hints(entry).values() for part in (hint, *get_args(hint))]
    sources = [entry, *(group for group in groups if is_dataclass(group))]
    told = {}
    for source in sources:
        for param in parse(getdoc(source) or "").params:
            told[param.arg_name] = " ".join((param.description or "").split())
    return told


def _values(hint: Any) -> str:
    known = {"date": "DATE", "Path": "PATH", "int": "N", "str": "TEXT"}
    parts = get_args(hint) or (hint,)
    if all(isinstance(part, str) for part in parts):
        return "|".join(parts)
    first = parts[0]
    if get_origin(first) is not None:
        return _values(first)
    return known.get(getattr(first, "__name__", ""), "")


def main() -> int:
    """Write them."""
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
