"""What someone writes: trimmed, not empty, not too long, fit for every file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import models

from noaber.core.plain_text import find_unfit
from noaber.core.problems import InvalidInput, Problem

LONGEST_TEXT: Final = 10_000

Values = Mapping[str, Any]
"""What someone says of a record: fields of its model by name, and `groups`, the codes of those that see it."""


def check_words(text: str, where: str, *, longest: int = LONGEST_TEXT) -> str:
    """The text without spaces around it.

    Raises
    ------
    InvalidInput
        Where nothing is left, it is too long, or a character stands in it that no file could carry.
    """
    words = text.strip()
    if character := find_unfit(words):
        raise InvalidInput([Problem("text.character", where, {"character": character})])
    if not words:
        raise InvalidInput([Problem("request.no-words", where)])
    if len(words) > longest:
        raise InvalidInput([Problem("capacity.too-long", where, {"length": len(words), "longest": longest})])
    return words


def check_values(model: type[models.Model], values: Values, *, new: bool = False) -> dict[str, Any]:
    """The values, their texts trimmed and as the fields of `model` allow them; a new record needs what has no default.

    Raises
    ------
    InvalidInput
        With every text that is missing, too long, or has a character that no file could carry.
    """
    checked, problems = dict(values), list[Problem]()
    for field in model._meta.concrete_fields:
        needed = new and field.editable and not (field.blank or field.has_default())
        if not isinstance(field, models.CharField | models.TextField) or not (needed or field.name in values):
            continue
        text = str(values.get(field.name, ""))
        try:
            if text.strip() or not field.blank:
                checked[field.name] = check_words(text, field.name, longest=field.max_length or LONGEST_TEXT)
            else:
                checked[field.name] = ""
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return checked
