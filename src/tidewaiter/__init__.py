"""Tidewaiter: official trade and industry statistics, published and checked against the same figures.

A *figure* is a statistic of a series at a period, as known on a date; a *statement* is a figure in
words. Publishing goes from figures to statements; checking goes from statements to figures.
"""
