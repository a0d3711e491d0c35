"""Keys of APIs: from the environment or a settings file, never shown, never kept with answers.

``TIDEWAITER_COMTRADE_KEY`` and ``TIDEWAITER_CENSUS_KEY``, or the file ``keys.yml`` in the user's
configuration folder (another with ``TIDEWAITER_KEYS``)::

    comtrade: 0123…
    census: 4567…
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import yaml

from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from tidewaiter.connect.apis import Api

_MARK = "***"
_SHORTEST = 8  # a shorter text would be taken out of answers where it is no key at all


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A key. Its text form is ``***``; :attr:`secret` is read where the request is made and nowhere else."""

    secret: str

    def __repr__(self) -> str:
        return f"Key({_MARK})"

    def __str__(self) -> str:
        return _MARK

    def hide(self, text: str) -> str:
        """The text without the key, in whatever form an address writes it."""
        for form in dict.fromkeys((self.secret, quote(self.secret), quote_plus(self.secret))):
            text = text.replace(form, _MARK)
        return text

    def hide_bytes(self, data: bytes) -> bytes:
        """As :meth:`hide`, for what came back: some services repeat the key they were given."""
        for form in dict.fromkeys((self.secret, quote(self.secret), quote_plus(self.secret))):
            data = data.replace(form.encode(), _MARK.encode())
        return data


def key_for(api: Api, environment: dict[str, str] | None = None) -> Key | None:
    """The key of an API, None where it takes or has none.

    Raises:
        UsageError: the API answers nothing without one; the settings file does not read.
    """
    if not api.key:
        return None
    given = os.environ if environment is None else environment
    name = f"TIDEWAITER_{api.key.upper()}_KEY"
    text = given.get(name, "").strip() or _settings(given.get("TIDEWAITER_KEYS", "")).get(api.key, "").strip()
    if not text and api.key_needed:
        hint = f"set {name}, or `{api.key}: …` in {_file('')}; one is had at {api.key_from}"
        raise UsageError(f"{api.title} answers nothing without a key", hint=hint)
    if any(sign.isspace() or not sign.isprintable() for sign in text):
        raise UsageError(f"the key in {name} holds a blank or a sign that no key has")
    if text and len(text) < _SHORTEST:
        raise UsageError(f"the key in {name} has {len(text)} signs; no service gives so short a one")
    return Key(text) if text else None


def _file(named: str) -> Path:
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415 — only needed when no file is named

    return Path(platformdirs.user_config_dir("tidewaiter", appauthor=False)) / "keys.yml"


def _settings(named: str) -> dict[str, str]:
    path = _file(named)
    if not path.is_file():
        if named:
            raise UsageError(f"there is no file {path}", hint="TIDEWAITER_KEYS names it")
        return {}
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        given = None  # the error would show lines of the file, and a key stands in them
    if not isinstance(given, dict):
        raise UsageError(f"{path} is not a list of names and keys", hint="comtrade: …")
    return {str(name): str(value or "") for name, value in given.items()}
