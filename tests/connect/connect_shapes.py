"""Answers in the published layouts, made small. No number here is a real one."""

from __future__ import annotations

import json

_COMTRADE = {
    "typeCode": "C", "freqCode": "A", "refPeriodId": 20240101, "refYear": 2024, "refMonth": 52,
    "reporterDesc": "Other Asia, nes", "partner2Code": 0, "classificationCode": "H6",
    "customsCode": "C00", "mosCode": "0", "motCode": 0, "qtyUnitAbbr": "N/A", "qty": 0,
    "isQtyEstimated": False, "altQtyUnitAbbr": "N/A", "altQty": 0, "netWgt": None,
    "isNetWgtEstimated": False, "grossWgt": 0, "cifvalue": None, "fobvalue": None,
}  # fmt: skip
PARTNERS = (0, 842, 156, 392)


def comtrade(params: dict[str, str], *, cut: int | None = None) -> dict[str, object]:
    """What a service with these rows answers: every partner has a value made of period, code and partner."""
    wanted = params.get("partnerCode")
    partners = [int(code) for code in wanted.split(",")] if wanted else PARTNERS
    rows = [
        _COMTRADE | {
            "period": period, "reporterCode": int(reporter), "flowCode": flow, "partnerCode": partner,
            "partnerDesc": {0: "World", 842: "USA", 156: "China", 392: "Japan"}[partner], "cmdCode": code,
            "freqCode": "A" if len(period) == 4 else "M",
            "primaryValue": int(period) * 10 + partner + len(flow) * 7 + sum(map(ord, flow + code)),
        }
        for period in params["period"].split(",")
        for reporter in params["reporterCode"].split(",")
        for flow in params["flowCode"].split(",")
        for code in params["cmdCode"].split(",")
        for partner in partners
    ]  # fmt: skip
    shown = rows[:cut]
    return {"elapsedTime": "0.1 secs", "count": len(shown), "data": shown, "error": ""}


CENSUS = [
    ["GEN_VAL_MO", "CON_VAL_MO", "GEN_QY1_MO", "UNIT_QY1", "CTY_NAME", "I_COMMODITY", "CTY_CODE", "time"],
    ["1200", "1100", "3", "NO", "TAIWAN", "847150", "5830", "2024-01"],
    ["1300", "1150", "4", "NO", "TAIWAN", "847150", "5830", "2024-02"],
]

COMEXT = (
    "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
    "ESTAT:DS-045409(1.0),14/02/25 11:00:00,M,DE,TW,854231,1,VALUE_IN_EUROS,2024-01,100,\n"
    "ESTAT:DS-045409(1.0),14/02/25 11:00:00,M,DE,TW,854231,1,QUANTITY_IN_100KG,2024-01,3,\n"
)


def comexstat(flow: str) -> bytes:
    row = {
        "coNcm": "12019000", "ncm": "Soybeans", "year": "2024", "monthNumber": "01", "country": "China",
        "metricFOB": "900", "metricKG": "1800",
    }  # fmt: skip
    if flow == "import":
        row |= {"metricFreight": "12", "metricInsurance": "1"}
    answer = {"data": {"list": [row]}, "success": True, "message": None, "language": "en"}
    return json.dumps(answer).encode()


CUSTOMS = (
    "\ufeff年度,月份,出口總值(新臺幣千元),進口總值(新臺幣千元),出入超(新臺幣千元)\n"
    "115,6,1500,1300,200\n115,5,1400,1250,150\n"
)

DATASET = {
    "success": True,
    "result": {
        "title": "海關進出口貿易統計",
        "distribution": [
            {"resourceFormat": "XML", "resourceDescription": "月", "resourceDownloadUrl": "{base}/a.xml"},
            {"resourceFormat": "CSV", "resourceDescription": "月", "resourceDownloadUrl": "{base}/a.csv"},
        ],
    },
}

LEGACY_MESSAGE = (
    "Result too large: you do not have permissions to access such a large resultset.\nMaximum: 5000\n"
)
CHALLENGE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head>"
    "<body><script src='/cdn-cgi/challenge-platform/x'></script></body></html>"
)
LOGIN = "<!DOCTYPE html><html><body><form><input name=u><input type=password></form></body></html>"
KEY_PAGE = "<html><head><title>Missing Key</title></head><body>A key must be given.</body></html>"
TOO_BIG = (
    '<S:Fault xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>413</faultcode><faultstring>'
    "EXTRACTION_TOO_BIG: The requested extraction is too big</faultstring></S:Fault>"
)
