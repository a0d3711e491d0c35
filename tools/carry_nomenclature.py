"""Make the carried name lists of ``src/tidewaiter/nomenclature/names`` from the publishers' files.

Usage: python tools/carry_nomenclature.py FOLDER [REVENUE_FILE]

FOLDER holds HS2017.xlsx, HS2022.xlsx, ccc8_zh.txt, ccc8_en.txt, ccc10_zh.txt, ccc10_en.txt and
hs_concordances.csv; REVENUE_FILE is a month of company revenue, for the companies' names. Output is the same
byte for byte when the input is.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
import sys
from collections import Counter
from pathlib import Path

from python_calamine import CalamineWorkbook

HOME = Path(__file__).parents[1] / "src/tidewaiter/nomenclature/names"
EDITIONS = ("2017", "2022")
STATISTICAL = 10  # digits
_WIDE = str.maketrans(
    {chr(0xFF01 + n): chr(0x21 + n) for n in range(94) if chr(0x21 + n).isalnum() or chr(0x21 + n) in ".%"}
)
_LINE = re.compile(r"(\d{2,10}) +(\S.*)")
_DASHES = re.compile(r"^[\s─－\-]+|[\s:：︰]+$")


def write(name: str, header: list[str], rows: list[list[str]]) -> None:
    """A table as CSV, packed."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    (HOME / name).write_bytes(lzma.compress(text.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME))
    print(name, len(rows), "rows", (HOME / name).stat().st_size, "bytes")


def hs(folder: Path) -> None:
    """code, editions it is in, English name; a second row where the name changed."""
    names: dict[tuple[str, str], list[str]] = {}
    for edition in EDITIONS:
        sheet = CalamineWorkbook.from_path(folder / f"HS{edition}.xlsx").get_sheet_by_index(0)
        for code, text, *_ in sheet.to_python()[1:]:
            if str(code).isdigit():
                name = " ".join(str(text).removeprefix(str(code)).lstrip(" -").split())
                names.setdefault((str(code), name), []).append(edition)
    rows = [[code, "+".join(editions), name] for (code, name), editions in sorted(names.items())]
    write("hs.csv.xz", ["code", "editions", "en"], rows)


def ccc(folder: Path) -> None:
    """code, Chinese and English; a name that repeats that of the code above is left out."""
    zh: dict[str, str] = {}
    en: dict[str, str] = {}
    for known, language in ((zh, "zh"), (en, "en")):
        for digits in ("8", "10"):
            last = ""
            for line in (folder / f"ccc{digits}_{language}.txt").read_text("utf-8-sig").splitlines()[1:]:
                if match := _LINE.match(line):
                    last = match[1]
                    known[last] = match[2]
                elif last and line.strip() and not line.startswith("S"):
                    known[last] += " " + line  # a name that runs over two lines
    rows = []
    for code in sorted(zh.keys() | en.keys()):
        pair = [clean(known.get(code, "")) for known in (zh, en)]
        if len(code) == STATISTICAL and pair == [clean(known.get(code[:8], "")) for known in (zh, en)]:
            pair = ["", ""]
        rows.append([code, *pair])
    write("ccc.csv.xz", ["code", "zh", "en"], rows)


def clean(text: str) -> str:
    """Half-width digits and letters, one space, no dashes before and no colon behind."""
    shown = _DASHES.sub("", " ".join(text.translate(_WIDE).split()))
    return re.sub(r"^第\s*\d+\s*章\s*|^Chapter \d+ ", "", shown)


def concordance(folder: Path) -> None:
    """Pairs HS2022, HS2017 except those of one code with itself alone; lost leading zeros restored."""
    pairs = []
    with (folder / "hs_concordances.csv").open(encoding="utf-8") as file:
        for after, before, _, adjustment in csv.reader(file):
            if adjustment == "2022 to 2017":
                pairs.append((after.zfill(6), before.zfill(6)))
    afters, befores = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    rows = [[a, b] for a, b in sorted(set(pairs)) if not (a == b and afters[a] == befores[b] == 1)]
    write("hs2022_hs2017.csv.xz", ["hs2022", "hs2017"], rows)


def companies(file: Path) -> None:
    """code, name, industry."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = [[row["公司代號"], row["公司名稱"], row["產業別"]] for row in csv.DictReader(text)]
    write("companies.csv.xz", ["code", "zh", "industry"], sorted(rows))


if __name__ == "__main__":
    HOME.mkdir(exist_ok=True)
    source = Path(sys.argv[1])
    hs(source)
    ccc(source)
    concordance(source)
    if len(sys.argv) == 3:  # noqa: PLR2004 — both arguments
        companies(Path(sys.argv[2]))
