"""Phrases: each says when it holds, how it is written and how it is recognised. One book, both ways."""

from tidewaiter.phrases.book import Entry, Phrasebook, Reading, phrasebook

__all__ = ["Entry", "Phrasebook", "Reading", "phrasebook"]
