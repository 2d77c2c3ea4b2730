"""Lists in pages: how much is asked for, and how much there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field

from noaber.apps.accounts.enums import Status

Item = TypeVar("Item")
Words = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""What is looked for in the database: PostgreSQL refuses to look for a NUL."""


class Page(Schema, Generic[Item]):
    """Some of a list, and how many there are in all."""

    items: list[Item]
    count: int


class Paging(Schema):
    """Which part of a list."""

    limit: int = Field(100, ge=1, le=500, description="At most so many.")
    offset: int = Field(0, ge=0, description="After so many.")


class StatusPaging(Paging):
    """Which part of a list of one status kind. The kinds never mix in a list."""

    status: Status | None = Field(None, description="Else that of the node.")

    @property
    def kind(self) -> str:
        return self.status or settings.NOABER_STATUS


def page_of(
    found: QuerySet[Any] | Sequence[Any], paging: Paging, present: Callable[[Any], Item] = lambda item: item
) -> dict[str, Any]:
    """The part of `found` that is asked for, each item as `present` gives it."""
    count = found.count() if isinstance(found, QuerySet) else len(found)
    part = found[paging.offset : paging.offset + paging.limit]
    return {"items": [present(item) for item in part], "count": count}
