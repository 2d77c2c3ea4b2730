"""Lifts the journal's guards where a test empties the tables: `TransactionTestCase` flushes them after each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from noaber.apps.exchange.journal.guards import install_guards, remove_guards


@contextmanager
def lifted_guards() -> Iterator[None]:
    """Inside, the database lets the journal be changed: to empty it, or to see that tampering is found."""
    remove_guards(connection)
    try:
        yield
    finally:
        install_guards(connection)


def lift_guards_for_flushes() -> None:
    """Make every flush of `TransactionTestCase` take the guards off first; the migrate signal sets them again."""
    teardown = TransactionTestCase._fixture_teardown

    def with_guards_off(self: TransactionTestCase) -> Any:
        if not connection.in_atomic_block:
            remove_guards(connection)
        return teardown(self)

    TransactionTestCase._fixture_teardown = with_guards_off  # type: ignore[method-assign]
