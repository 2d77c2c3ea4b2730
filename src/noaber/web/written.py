"""Rows that are written many at once send no signals of Django's: whoever writes them says so here.

`written` is sent in the transaction of the write, with the model as `sender` and the keys of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import models
from django.dispatch import Signal

written: Final = Signal()


def tell_written(model: type[models.Model], keys: Iterable[Any]) -> None:
    """Say that rows of `model` were added or changed."""
    written.send(sender=model, keys=list(keys))
