"""The language that something is written in: the field that asks for it, and the mark that tells it to a reader.

Languages are chosen by their own names, whoever reads: so everyone finds their own.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.reference.texts import OWN_NAMES
from noaber.web import parts
from noaber.web.reader import reader_language

UNKNOWN_LANGUAGE: Final = "und"
"""As BCP 47 writes a language that nobody said."""


class LanguageSelect(forms.Select):
    """Each name is marked as a word of its own language."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in OWN_NAMES:
            option["attrs"]["lang"] = str(value)
        return option


class LanguageField(forms.ChoiceField):
    """One of the four languages; with `unsaid`, the word for none of them."""

    widget = LanguageSelect

    def __init__(self, *, unsaid: str | Promise = "", **kwargs: Any) -> None:
        none = [("", unsaid)] if unsaid else []
        super().__init__(choices=[*none, *OWN_NAMES.items()], required=not unsaid, **kwargs)


class WrittenInField(LanguageField):
    """The language of the words beside it: that of the page, unless their writer says otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Written in"), "initial": reader_language, **kwargs})

    def clean(self, value: Any) -> Any:
        return super().clean(value or reader_language())


class PerhapsWrittenInField(LanguageField):
    """The language of words that may also be names alone, of no language; or of words whose language nobody said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(unsaid=_("not said"), **{"label": _("Written in"), **kwargs})


def language_mark(language: str) -> SafeString:
    """In which language a text is written, where that is not the reader's; a question mark where nobody said."""
    if language[:2] == reader_language():
        return SafeString("")
    if language in ("", UNKNOWN_LANGUAGE):
        return format_html(
            '<abbr class="tag" title="{}">?</abbr>', gettext("Nobody said in which language it is written.")
        )
    name = parts.LANGUAGE_NAMES.get(language[:2].lower(), language)
    return format_html('<abbr class="tag" title="{}">{}</abbr>', name, language[:2].upper())
