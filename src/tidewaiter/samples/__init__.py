"""Sample texts to check, written for this project: a news thread in Chinese, an article in English.

Their errors are deliberate; each is of a kind really made in the press.
"""

from importlib import resources
from importlib.resources.abc import Traversable


def sample(name: str) -> Traversable:
    """A sample by file name: ``thread_zh.txt`` or ``article_en.txt``."""
    return resources.files(__name__).joinpath(name)
