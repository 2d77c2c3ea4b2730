"""Long lists in pages, whose addresses keep every filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from noaber.web.tables import Present, with_query

PER_PAGE = 100


@dataclass(frozen=True)
class PageOf:
    """One page of a list, with the addresses of its neighbours (empty at the ends)."""

    page: Page[Any]
    rows: Sequence[Any]
    previous_url: str
    next_url: str

    @property
    def total(self) -> int:
        return self.page.paginator.count


def paginate(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, per_page: int = PER_PAGE, present: Present = iter
) -> PageOf:
    """The page that `?page=` asks for, presented; the nearest one where it does not exist."""
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    return PageOf(
        page,
        list(present(page.object_list)),
        with_query(request.GET, page=page.previous_page_number()) if page.has_previous() else "",
        with_query(request.GET, page=page.next_page_number()) if page.has_next() else "",
    )
