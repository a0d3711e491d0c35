"""One message in each syntax of SDMX that pysdmx writes: the reader is held to another's writer."""

from __future__ import annotations

_ROWS = (
    ("M", "TWN", "X", "8542", "USA", "2025-08", "12.50", "P", "6", "USD"),
    ("Q", "TWN", "X", "8542", "W0", "2025-Q3", "1234567.891", "A", "3", "TWD"),
    ("A", "TWN", "M", "_T", "W0", "2024", "394365.301", "A", "6", "USD"),
)
_DIMENSIONS = ("FREQ", "REF_AREA", "TRADE_FLOW", "COMMODITY", "COUNTERPART_AREA", "TIME_PERIOD")
_ATTRIBUTES = ("OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE")


def xml(form: str) -> bytes:
    """The same three observations, written by pysdmx in one of its formats (``DATA_SDMX_ML_2_1_GEN``)."""
    import pandas as pd  # noqa: PLC0415 — heavy, only for these
    from pysdmx.io.format import Format  # noqa: PLC0415
    from pysdmx.io.pd import PandasDataset  # noqa: PLC0415
    from pysdmx.io.writer import write_sdmx  # noqa: PLC0415
    from pysdmx.model import Component, Components, Concept, DataType, Role, Schema  # noqa: PLC0415

    def component(name: str, role: Role) -> Component:
        level = "O" if role == Role.ATTRIBUTE else None
        kind = DataType.PERIOD if name == "TIME_PERIOD" else DataType.STRING
        return Component(
            id=name,
            required=True,
            role=role,
            concept=Concept(id=name),
            attachment_level=level,
            local_dtype=kind,
        )

    parts = [
        *(component(name, Role.DIMENSION) for name in _DIMENSIONS),
        component("OBS_VALUE", Role.MEASURE),
        *(component(name, Role.ATTRIBUTE) for name in _ATTRIBUTES),
    ]
    schema = Schema(context="dataflow", agency="X.Y", id="TRADE", version="1.0", components=Components(parts))
    data = pd.DataFrame(_ROWS, columns=[*_DIMENSIONS, "OBS_VALUE", *_ATTRIBUTES])
    frame = PandasDataset(structure=schema, data=data)
    over = {} if "3_0" in form else {"dimension_at_observation": {"Dataflow=X.Y:TRADE(1.0)": "TIME_PERIOD"}}
    return (write_sdmx([frame], Format[form], **over) or "").encode()
