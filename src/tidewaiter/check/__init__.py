"""Checking: from statements back to figures.

``document`` reads what a text is, ``read`` finds the claims in it, ``question`` turns a claim into the
figures it may mean, ``compare`` and ``verdict`` hold it against them in the vintage the writer saw,
``elsewhere`` asks what else the number may be right for, ``itself`` holds the document against itself,
``examine`` does all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.check.judged import Checked
    from tidewaiter.store import Store

__all__ = ["check_text"]


def check_text(
    text: str | bytes,
    *,
    name: str = "text",
    published: date | None = None,
    as_of: date | None = None,
    store: Store | None = None,
) -> list[Checked]:
    """Check every claim of a text.

    Args:
        text: the text, or the bytes of a file.
        name: what to call it in the answer.
        published: the day it was published; read from the text when not given.
        as_of: check against the store as of this day instead of now.
        store: the figures; without one the text is checked against itself alone.

    Returns:
        One entry a claim, in the order of the text.
    """
    from tidewaiter.check.examine import examine  # noqa: PLC0415 — `import tidewaiter` stays light

    data = text.encode() if isinstance(text, str) else text
    return examine(data, name=name, published=published, as_of=as_of, store=store).claims
