"""A row that others may have taken out while one wrote."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from noaber.core.problems import NotFound

Row = TypeVar("Row", bound=models.Model)


def lock_row(rows: models.QuerySet[Row], pk: int) -> Row:
    """The row, locked until the transaction ends.

    Raises
    ------
    NotFound
        Where somebody took it out meanwhile.
    """
    found = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
