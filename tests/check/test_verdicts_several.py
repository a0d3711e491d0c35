"""Claims of several figures: every year, the only one, how many, a streak that ended, an average needed."""

from datetime import date
from pathlib import Path

import pytest

from tidewaiter.check import check_text
from tidewaiter.check.claim import Claim
from tidewaiter.check.judged import Judgement, Verdict
from tidewaiter.check.verdict import judge
from tidewaiter.engine.vintages import Vintages
from tidewaiter.store import Store

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SEPTEMBER, BRIEF = date(2025, 9, 9), date(2024, 10, 30)
RIGHT, WRONG, VAGUE = Verdict.CONFIRMED, Verdict.CONTRADICTED, Verdict.NOT_CHECKABLE


def verdict(store: Store, text: str, published: date, statistic: str) -> Verdict:
    found = [c for c in check_text(text, published=published, store=store) if c.claim.statistic == statistic]
    assert found, f"no {statistic} in {text!r}"
    return found[0].judgement.verdict


def claim(statistic: str, value: str, unit: str, period: str, **slots: str) -> Claim:
    """A claim as a further extractor may bring it."""
    told = {
        "indicator": "exports", "partner": "W00", "commodity": "total", "of": "", "text": "", "start": 0,
        "hedge": "exact", "modality": "observed", **slots,
    }  # fmt: skip
    start, text = int(told["start"]), str(told["text"])
    return Claim(
        "memo", start, start + len(text), text, "body", "", "", str(told["indicator"]), "TWN",
        str(told["partner"]), str(told["commodity"]), period, statistic, str(told["of"]), value, unit,
        str(told["hedge"]), str(told["modality"]),
    )  # fmt: skip


def judged(
    store: Store, one: Claim, published: date = SEPTEMBER, others: tuple[Claim, ...] = ()
) -> Judgement:
    return judge(one, list(others), Vintages(store, published))


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("2022年至2023年我國伺服器出口均呈雙位數成長。", BRIEF, RIGHT),
        ("2021年至2023年我國伺服器出口均呈雙位數成長。", BRIEF, WRONG),
        ("109年至113年各年出口均呈雙位數成長。", SEPTEMBER, WRONG),
    ],
)
def test_every_year_is_asked_for(store: Store, text: str, published: date, expected: Verdict) -> None:
    assert verdict(store, text, published, "all_in_range") is expected


def test_a_year_excepted_is_no_contradiction(store: Store) -> None:
    one = claim(
        "all_in_range", "1", "bool", "2018..2023", commodity="HS847150", of="yoy>10", text="餘均呈雙位數成長"
    )
    found = judged(store, one, BRIEF)
    assert found.verdict is RIGHT
    assert "2021: 4.3" in found.reason


def share(value: str, start: int, words: str, **slots: str) -> Claim:
    told = {"commodity": "HS847150", "partner": "USA", "of": "share", **slots}
    return claim("all_in_range", value, "percent", "2021..2023", start=str(start), text=words, **told)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("59.7", "73.0", (RIGHT, RIGHT)),
        ("55.0", "73.0", (Verdict.CONSISTENT_WITH_ROUNDING, RIGHT)),
        ("61.9", "73.0", (WRONG, WRONG)),
    ],
)
def test_both_ends_of_a_range_bound_every_year(
    store: Store, low: str, high: str, expected: tuple[Verdict, Verdict]
) -> None:
    one, other = share(low, 0, "介於59.7%"), share(high, 7, "73.0%")
    ends = judged(store, one, BRIEF, (other,)).verdict, judged(store, other, BRIEF, (one,)).verdict
    assert ends == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8月對歐洲出口33.1億美元，為主要市場中唯一負成長。", RIGHT),
        ("8月對日本出口27.9億美元，為主要市場中唯一負成長。", WRONG),
        ("8月對美國出口196.3億美元，為主要市場中唯一正成長。", WRONG),
        ("8月對歐洲出口33.1億美元，為各市場中唯一正成長。", WRONG),
    ],
)
def test_the_only_market_is_held_against_the_others(store: Store, text: str, expected: Verdict) -> None:
    assert verdict(store, text, SEPTEMBER, "compare") is expected


@pytest.mark.parametrize(
    ("partner", "words", "expected"),
    [
        ("EUROPE", "the only major market to see a decline", RIGHT),
        ("JPN", "the only major market to see a decline", WRONG),
        ("USA", "the only one of the top three markets to grow", WRONG),
    ],
)
def test_the_only_market_in_english(store: Store, partner: str, words: str, expected: Verdict) -> None:
    one = claim("compare", "1", "bool", "2025-08", partner=partner, of="yoy", text=words)
    assert judged(store, one).verdict is expected


def test_the_only_one_among_the_largest_exporters(store: Store) -> None:
    text = "我國為前3大出口國中唯一正成長國"
    one = claim("compare", "1", "bool", "2023", commodity="HS847150", of="yoy", text=text)
    found = judged(store, one, BRIEF)
    assert found.verdict is RIGHT
    assert "MEX" in found.reason


def test_where_it_does_not_say_among_which_the_largest_may_be_meant(store: Store) -> None:
    one = claim("compare", "1", "bool", "2023", commodity="HS847150", of="yoy", text="我國為唯一正成長")
    found = judged(store, one, BRIEF)
    assert found.verdict is Verdict.CONSISTENT_WITH_ROUNDING
    assert "among the 3 largest" in found.reason


def test_groups_the_store_has_not_are_told(store: Store) -> None:
    one = claim("compare", "1", "bool", "2023-11", commodity="ict_av", of="yoy", text="唯一正成長貨品")
    found = judged(store, one, date(2023, 12, 8))
    assert found.verdict is VAGUE
    assert "textiles" in found.reason


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("成長力道優於全球", RIGHT),
        ("成長力道不如全球", WRONG),
        ("faster than the global average", RIGHT),
        ("better", VAGUE),
    ],
)
def test_better_than_whom_is_looked_up(store: Store, words: str, expected: Verdict) -> None:
    one = claim("compare", "1", "bool", "2017..2023", commodity="HS847150", of="cagr", text=words)
    assert judged(store, one, BRIEF).verdict is expected


@pytest.mark.parametrize(
    ("of", "value", "unit", "expected"),
    [
        ("yoy-", "6", "groups", RIGHT),
        ("yoy+", "5", "groups", RIGHT),
        ("yoy+", "8", "groups", WRONG),
        ("yoy+", "4", "markets", RIGHT),
        ("yoy-", "2", "markets", WRONG),
        ("", "11", "groups", VAGUE),
    ],
)
def test_how_many_groups_and_markets_rose(
    store: Store, of: str, value: str, unit: str, expected: Verdict
) -> None:
    assert judged(store, claim("breadth", value, unit, "2025-08", of=of)).verdict is expected


def test_a_day_before_the_comparison_is_no_country(store: Store) -> None:
    text = "9日公布，成長力道不如日本"
    one = claim("compare", "1", "bool", "2025-07", of="cagr", text=text)
    assert "W00" not in judged(store, one).reason
    one = claim("compare", "1", "bool", "2017..2023", commodity="HS847150", of="cagr", text="9日：優於全球")
    assert judged(store, one, BRIEF).verdict is RIGHT


def test_a_claim_in_a_unit_of_something_else_is_not_checkable(store: Store) -> None:
    assert judged(store, claim("exceeds", "50", "percent", "2025-08")).verdict is VAGUE


@pytest.mark.parametrize(("value", "expected"), [("1", RIGHT), ("2", WRONG)])
def test_how_many_years_fell(store: Store, value: str, expected: Verdict) -> None:
    one = claim("count", value, "years", "2020..2024", of="yoy-")
    assert judged(store, one, date(2025, 1, 9)).verdict is expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("9月出口年增3.4%，終結連12黑。", date(2023, 10, 9), RIGHT),
        ("9月出口年增3.4%，終結連11黑。", date(2023, 10, 9), WRONG),
        ("8月出口年減7.3%，終結連11黑。", date(2023, 9, 9), WRONG),
        ("10月出口年減4.5%，終結連1紅。", date(2023, 11, 9), RIGHT),
        (
            "Exports rose 3.4 percent in September, ending 12 straight months of decline.",
            date(2023, 10, 9),
            RIGHT,
        ),
        (
            "Exports rose 3.4 percent in September, ending 11 straight months of decline.",
            date(2023, 10, 9),
            WRONG,
        ),
    ],
)
def test_the_streak_that_ended_is_the_one_up_to_the_month_before(
    store: Store, text: str, published: date, expected: Verdict
) -> None:
    assert verdict(store, text, published, "prev_streak") is expected


def test_a_streak_that_ended_some_months_ago_is_not_called_wrong(store: Store) -> None:
    one = claim("prev_streak", "12", "months", "2023-12", of="yoy-")
    found = judged(store, one, date(2024, 1, 9))
    assert found.verdict is Verdict.UNDETERMINED
    assert "2023-09" in found.reason


@pytest.mark.parametrize(
    ("value", "of", "expected"),
    [("580", "first", RIGHT), ("500", "first", WRONG), ("500", "", RIGHT), ("600", "first", WRONG)],
)
def test_a_mark_passed_for_the_first_time(store: Store, value: str, of: str, expected: Verdict) -> None:
    assert judged(store, claim("exceeds", value, "1e8 USD", "2025-08", of=of)).verdict is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("前8月資通與視聽產品出口已超越去年全年。", (RIGHT,)),
        ("前8月出口已超越去年全年。", (WRONG,)),
    ],
)
def test_a_span_above_a_full_year(store: Store, text: str, expected: tuple[Verdict, ...]) -> None:
    assert verdict(store, text, SEPTEMBER, "exceeds") in expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("資通與視聽產品貢獻23.8個百分點。", RIGHT),
        ("資通與視聽產品貢獻32.8個百分點。", WRONG),
        (
            "ICT and audio-video products contributed 23.8 percentage points to export growth in August.",
            RIGHT,
        ),
    ],
)
def test_a_contribution(store: Store, text: str, expected: Verdict) -> None:
    assert verdict(store, text, SEPTEMBER, "contribution") is expected


@pytest.mark.parametrize(("value", "expected"), [("503.9", RIGHT), ("530.9", WRONG)])
def test_the_average_needed_is_arithmetic(store: Store, value: str, expected: Verdict) -> None:
    text = f"若要達成全年6,000億美元目標，9至12月每月平均需{value}億美元。"
    assert verdict(store, text, SEPTEMBER, "target") is expected


def test_a_target_is_never_contradicted(store: Store) -> None:
    text = "今年出口目標為3,000億美元。"
    (found,) = check_text(text, published=date(2024, 1, 9), store=store)
    assert found.judgement.verdict is VAGUE
    assert dict(found.judgement.outcome)["result"] == "met"


def test_no_base_of_an_average_growth_is_preferred(store: Store) -> None:
    text = "2017年至2023年我國伺服器出口平均年增61.3%。"
    assert verdict(store, text, BRIEF, "average_annual_growth") is RIGHT


@pytest.fixture(scope="module")
def since_2001(tmp_path_factory) -> Store:
    """The carried figures with the ministry's monthly table since 2001 beside them."""
    from tidewaiter import official  # noqa: PLC0415
    from tidewaiter.api import open_store  # noqa: PLC0415

    table = SHARED / "data" / "mof-monthly"
    if not table.exists():
        pytest.skip("needs ../shared/data/mof-monthly, which is not beside this checkout")
    folder = tmp_path_factory.mktemp("since2001") / "store"
    for source in (official.folder(), table):
        open_store(folder).load(source)
    return Store(folder)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("text", "published", "statistic", "expected"),
    [
        ("1月電子零組件出口終結連14黑。", date(2024, 2, 9), "prev_streak", RIGHT),
        ("1月電子零組件出口終結連13黑。", date(2024, 2, 9), "prev_streak", WRONG),
        ("9月出口年增3.4%，終結連12黑。", date(2023, 10, 9), "prev_streak", RIGHT),
        ("2021年至2022年出口均呈雙位數成長。", date(2023, 1, 9), "all_in_range", WRONG),
        ("2017年至2018年電子零組件出口均呈雙位數成長。", date(2019, 1, 9), "all_in_range", None),
        ("8月對歐洲出口33.1億美元，為主要市場中唯一負成長。", SEPTEMBER, "compare", RIGHT),
        ("前8月資通與視聽產品出口已超越去年全年。", SEPTEMBER, "exceeds", RIGHT),
    ],
)
def test_verdicts_hold_with_the_long_table_loaded(
    since_2001: Store, text: str, published: date, statistic: str, expected: Verdict | None
) -> None:
    found = verdict(since_2001, text, published, statistic)
    assert found is expected if expected else found is not RIGHT


@pytest.mark.shared
def test_a_mark_passed_first_needs_the_whole_history(since_2001: Store) -> None:
    assert judged(since_2001, claim("exceeds", "580", "1e8 USD", "2025-08", of="first")).verdict is RIGHT
    assert judged(since_2001, claim("exceeds", "550", "1e8 USD", "2025-08", of="first")).verdict is WRONG
