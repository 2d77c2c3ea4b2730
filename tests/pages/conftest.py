"""What all page tests share: a template that names something unknown fails, instead of leaving a gap in the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template import engines


class Unknown(str):
    """Django asks the text that replaces an unknown variable for its name in it; this one answers by failing."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:  # type: ignore[override]
        raise LookupError(f"a template names “{name}”, which its context does not have")


@pytest.fixture(autouse=True)
def unknown_variables_fail() -> Iterator[None]:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    before = engine.string_if_invalid
    engine.string_if_invalid = Unknown()
    yield
    engine.string_if_invalid = before
