"""Who did something, in the language of the reader."""

from __future__ import annotations

import pytest
from django.utils import translation

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.functions import read_function, write_function


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "duty officer, A. Lambert"),
        ("nl", "officier van dienst, A. Lambert"),
        ("fr", "agent de permanence, A. Lambert"),
        ("de", "Diensthabender, A. Lambert"),
    ],
)
def test_a_reader_reads_the_function_in_their_language(language: str, words: str) -> None:
    with translation.override(language):
        assert read_function(write_function(Role.DUTY_OFFICER, "A. Lambert")) == words


def test_a_function_that_was_typed_in_another_language_is_known() -> None:
    with translation.override("nl"):
        assert read_function("Diensthabender, T. Schäfer") == "officier van dienst, T. Schäfer"


def test_other_words_stay() -> None:
    with translation.override("fr"):
        assert read_function("CP-Ops, bureau 3") == "CP-Ops, bureau 3"
        assert read_function("") == ""
