"""On an exercise nothing Actual can be made; a real node exercises and tests as well."""

from __future__ import annotations

import pytest

from noaber.core.kinds_of_use import KINDS, check_made_on, kinds_made_on
from noaber.core.problems import NotAllowed


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


@pytest.mark.parametrize("node", KINDS)
@pytest.mark.parametrize("status", KINDS)
def test_what_may_not_be_made_is_refused(node: str, status: str) -> None:
    if status in kinds_made_on(node):
        check_made_on(node, status)
        return
    with pytest.raises(NotAllowed) as caught:
        check_made_on(node, status)
    assert caught.value.problem.code == "status.not-actual-here"
