"""On an exercise nothing Actual can be made; a real node exercises and tests as well."""

from __future__ import annotations

import pytest

from noaber.core.kinds_of_use import kinds_made_on


@pytest.mark.parametrize(
    ("node", "made"),
    [
        ("Actual", ("Actual", "Exercise", "Test")),
        ("Exercise", ("Exercise", "Test")),
        ("Test", ("Exercise", "Test")),
    ],
)
def test_what_may_be_made(node: str, made: tuple[str, ...]) -> None:
    assert kinds_made_on(node) == made
