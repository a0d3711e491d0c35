"""Names and code lists: flows, commodity groups, areas. Data files beside the code.

Each list is a YAML file, code → names. The first name of a language is the label we write; all names
are recognised when we read. A name that no list holds is an error with candidates, never dropped.

>>> areas().code_of("中國大陸與香港"), commodities().label("ict_av", "en")
('CHN+HKG', 'ICT and audio-video products')
"""

from tidewaiter.nomenclature.codelist import CodeList, areas, commodities, find_flow, flows, indicators

__all__ = ["CodeList", "areas", "commodities", "find_flow", "flows", "indicators"]
