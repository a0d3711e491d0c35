"""Tables inside documents: HTML, PDF, DOCX, ODT, text; and the sheets of a workbook laid out for the eye.

Every format becomes the same parts in reading order: lines of text, and tables as grids whose merged
cells are known. What stands above a table is its caption and unit, what stands below its notes::

    bytes ─▶ html, docx, opendocument, workbook ─────────┐
             pdf, text ─▶ words by place ─▶ paper ───────┴▶ parts ─┬▶ release   tables of the monthly release
                                                                   └▶ tables    any other table of trade

Nothing is taken from a position: columns and rows are told by their headings.
"""
