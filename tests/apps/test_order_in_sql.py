"""The order that a database gives rows in is the order that Python gives them in, on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from noaber.apps.accounts.enums import OrganisationKind
from noaber.apps.accounts.models import Organisation
from noaber.apps.library.enums import DocumentKind
from noaber.apps.library.models import Document
from noaber.web.ordering import by, by_choice, by_label, by_text, first
from noaber.web.tables import Column, Sorting

pytestmark = pytest.mark.every_database

LETTERS = "abzABZäÄöëéÉçœŒøØåÅßẞñ -.09"
"""What the house's languages are written in, with letters that fold into others."""
SHELF = {DocumentKind.PLAN: "Shelf 1", DocumentKind.REPORT: "shelf 1", DocumentKind.TEXT: "Attic"}
COLUMNS = (
    Column("title", "Title", lambda row: row.title, by_text("title")),
    Column("dated", "Dated", lambda row: row.dated, by("dated")),
    Column("kind", "Kind", lambda row: list(DocumentKind).index(row.kind), by_choice("kind", DocumentKind)),
    Column("called", "Called", lambda row: str(row.get_kind_display()), by_label("kind", DocumentKind.choices)),
    Column("shelf", "Shelf", lambda row: SHELF.get(row.kind), by_label("kind", SHELF.items())),
    Column("acts", "", lambda row: ""),
)

documents = st.builds(
    Document,
    title=st.text(LETTERS, min_size=1, max_size=3),
    dated=st.none() | st.dates(datetime.date(2021, 7, 13), datetime.date(2021, 7, 16)),
    kind=st.sampled_from(DocumentKind),
)


def sorting(asked: str) -> Sorting:
    return Sorting.from_query(QueryDict(f"sort={asked}"), COLUMNS, default="title")


class TestLaws(TestCase):
    @settings(max_examples=40)
    @given(
        st.lists(documents, max_size=12),
        st.sampled_from([column.key for column in COLUMNS[:-1]]),
        st.sampled_from(["", "-"]),
        st.sampled_from(["nl", "fr", "de", "en"]),
    )
    def test_like_python_with_equals_in_the_order_that_they_had(
        self, rows: list[Document], key: str, down: str, language: str
    ) -> None:
        owner = Organisation.objects.create(code="LU-X", kind=OrganisationKind.OBSERVER)
        for number, row in enumerate(rows):
            row.owner, row.added_at = owner, timezone.now() + datetime.timedelta(days=number % 3)
            row.save()
        with translation.override(language):
            asked = sorting(down + key)
            assert list(asked.in_order(Document.objects.all())) == asked.apply(Document.objects.all())

    @given(st.lists(documents, max_size=12))
    @settings(max_examples=20)
    def test_some_first_and_nothing_else_moved(self, rows: list[Document]) -> None:
        owner = Organisation.objects.create(code="LU-X", kind=OrganisationKind.OBSERVER)
        for row in rows:
            row.owner, row.added_at = owner, timezone.now()
            row.save()
        by_title = sorting("title").in_order(Document.objects.all())
        legal = first(by_title, Q(kind=DocumentKind.TEXT))
        assert list(legal) == sorted(by_title, key=lambda row: row.kind != DocumentKind.TEXT)


@pytest.mark.django_db
def test_a_column_without_an_order_is_not_asked_of_the_database() -> None:
    with pytest.raises(LookupError, match="“acts”"):
        sorting("acts").in_order(Document.objects.all())
