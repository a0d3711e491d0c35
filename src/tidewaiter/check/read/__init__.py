"""Reading: from a text to the claims in it.

Three steps, each a pure function of the one before: :func:`~tidewaiter.check.read.normal.normalise` gives one
spelling with the way back to the text as given, :func:`~tidewaiter.check.read.lexer.lex` gives typed tokens
in one pass, and a reader for each language walks over them sentence by sentence, keeping in mind who is
spoken of, when and in what mood.
"""

from tidewaiter.check.read.extract import extract

__all__ = ["extract"]
