"""Texts of a report as markup."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from noaber.web.pdf import Run, Text
from noaber.web.pdf.blocks import Words

register = template.Library()


@register.filter
def said(text: Text) -> SafeString:
    """Words, or stretches of them; each is escaped, a line break is kept."""
    if isinstance(text, (str, Promise, Run)):
        return _run(text)
    runs: Sequence[Run | Words] = text
    return format_html_join("", "{}", ((_run(run),) for run in runs))


def _run(run: Run | Words) -> SafeString:
    if not isinstance(run, Run):
        return _lines(str(run))
    body = _lines(str(run.text))
    if run.language:
        body = format_html('<span lang="{}">{}</span>', run.language, body)
    if run.url:
        body = format_html('<a href="{}" rel="noreferrer">{}</a>', run.url, body)
    if run.bold:
        body = format_html('<b class="strong">{}</b>', body)
    if run.italic:
        body = format_html("<i>{}</i>", body)
    if run.quiet:
        body = format_html('<span class="quiet small">{}</span>', body)
    return body


def _lines(words: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((part,) for part in words.split("\n")))
