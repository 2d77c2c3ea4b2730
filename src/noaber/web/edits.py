"""A form that changes what others may change meanwhile: nobody's words are written over unseen.

It carries digests of what its fields held when it was opened. Where somebody saved meanwhile, `bring_together` puts
their values into the fields that were left alone here; fields that both changed are shown side by side, and a button of
each keeps the one or the other. The template says `{% meanwhile form %}` in the form, before its fields. A form whose
fields say one thing together names them in `together`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.forms.widgets import ChoiceWidget
from django.http import QueryDict
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from noaber.core.edits import (
    Value,
    digest_of,
    join_digests,
    merge_fields,
    read_digests,
    units_of,
    write_digests,
)
from noaber.web import wording
from noaber.web.forms import RowsInput

OPENED: Final = "opened"
"""Digests of what the fields held when the form was opened."""
SEEN: Final = "seen"
"""Digests of the other's values beside which one's own were shown."""
KEEP: Final = "keep"
"""`mine:title` or `theirs:title`: the button by which a field is settled."""
_PLACE: Final = ("lon", "lat")


@dataclass(frozen=True)
class Clash:
    """What both changed, in words: a field, or those that say one thing together."""

    names: tuple[str, ...]
    label: str
    mine: str
    theirs: str
    by: str = ""
    at: datetime.datetime | None = None

    @property
    def name(self) -> str:
        return self.names[0]


def form_status(form: forms.BaseForm) -> int:
    """200 for a fresh form, 409 where it meets what stands there now, 422 where something in it is wrong."""
    if not form.is_bound:
        return 200
    return 409 if clashes_of(form) or getattr(form, "overtaken", False) else 422


def clashes_of(form: forms.BaseForm) -> list[Clash]:
    return getattr(form, "clashes", [])


def opened_of(form: forms.BaseForm) -> str:
    """What a form carries: where it is sent back, what it was opened with; else what its fields hold."""
    if form.is_bound:
        return str(form.data.get(form.add_prefix(OPENED), ""))
    return write_digests(_plain(form, held(form)))


def seen_of(form: forms.BaseForm) -> str:
    """The digests of the other's values that a form shows."""
    stands = _plain(form, held(form))
    return write_digests({name: stands[name] for clash in clashes_of(form) for name in clash.names})


def bring_together(form: forms.BaseForm, stands: Mapping[str, Any]) -> tuple[str, ...]:
    """Merge what was sent with what `stands` there now, as the form's initial values; answers what both changed.

    The form then holds the merged values, and is opened anew for every field but those.
    """
    form.initial = dict(stands)
    theirs_sent = held(form)
    theirs = _plain(form, theirs_sent)
    data = cast(QueryDict, form.data).copy()
    opened = read_digests(data.get(form.add_prefix(OPENED), ""))
    settled = _settle(form, opened, theirs)
    for name in settled:
        _put(form, data, name, theirs_sent[name])
    found = merge_fields(opened, _plain(form, _received(form, data)), theirs, _together(form))
    for name in found.taken:
        _put(form, data, name, theirs_sent[name])
    now_opened = {name: digest_of(value) for name, value in theirs.items() if name in opened}
    waiting = {name: opened[name] for name in found.conflicts if name in opened}
    data[form.add_prefix(OPENED)] = join_digests(now_opened | waiting)
    form.data = data
    form.full_clean()
    return found.conflicts


def clashing(form: forms.BaseForm, conflicts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The fields that both changed, those that say one thing together as one: they are settled by one button."""
    return units_of(conflicts, _together(form))


def clash(form: forms.BaseForm, names: tuple[str, ...], by: str, at: datetime.datetime | None) -> Clash:
    """Fields of a form that was brought together, with both sides in words, and who wrote the other when."""
    mine, theirs = _received(form, form.data), held(form)
    label = ", ".join(str(form[name].label) for name in names)
    return Clash(names, label, _side(form, names, mine), _side(form, names, theirs), by, at)


def _side(form: forms.BaseForm, names: tuple[str, ...], sent: Mapping[str, list[str]]) -> str:
    """What one side says: of several fields a line for each."""
    told = [(str(form[name].label), _in_words(form.fields[name], sent[name])) for name in names]
    if len(told) == 1:
        return told[0][1]
    return "\n".join(f"{wording.label(label)} {words or _('empty')}" for label, words in told)


def held(form: forms.BaseForm) -> dict[str, list[str]]:
    """What a browser would send for each field, were the form sent as it was opened."""
    return {
        name: _as_sent(field, field.prepare_value(form.get_initial_for_field(field, name)))
        for name, field in _fields(form)
    }


def _fields(form: forms.BaseForm) -> Iterator[tuple[str, forms.Field]]:
    for name, field in form.fields.items():
        if not field.disabled and not isinstance(field, forms.FileField):
            yield name, field


def _as_sent(field: forms.Field, value: Any) -> list[str]:
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    if isinstance(widget, RowsInput):
        return widget.write_rows(value or [])
    if not isinstance(widget, ChoiceWidget):
        shown = widget.format_value(value)
        return [] if shown is None else [str(shown)]
    known = [key for key, _label in _choices(widget.choices)]
    chosen = [key for key in widget.format_value(value) if key in known]
    if not chosen and known and isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        return known[:1]  # a browser sends the first where nothing is chosen
    return chosen


def _choices(choices: Any) -> Iterator[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _choices(label)
        else:
            yield "" if key is None else str(key), str(label)


def _received(form: forms.BaseForm, data: Any) -> dict[str, list[str]]:
    return {name: _sent(field.widget, data, form.add_prefix(name)) for name, field in _fields(form)}


def _sent(widget: forms.Widget, data: Any, name: str) -> list[str]:
    if isinstance(widget, RowsInput):
        return widget.write_rows(widget.value_from_datadict(data, {}, name))
    sent: list[str] = data.getlist(name)
    return sent


def _plain(form: forms.BaseForm, sent: Mapping[str, list[str]]) -> dict[str, Value]:
    """The values as they compare: without what browsers and fields make even, several in one order."""
    even = {name: [_even(form.fields[name], one) for one in values] for name, values in sent.items()}
    return {name: tuple(sorted(one for one in values if one)) for name, values in even.items()}


def _even(field: forms.Field, text: str) -> str:
    text = normalize_newlines(text)
    return text.strip() if getattr(field, "strip", False) else text


def _settle(form: forms.BaseForm, opened: dict[str, str], theirs: Mapping[str, Value]) -> tuple[str, ...]:
    """Settle the field whose button was pressed; answers the names for which the other's value is taken.

    Where the other side changed again since it was shown, nothing is settled.
    """
    side, _colon, name = form.data.get(form.add_prefix(KEEP), "").partition(":")
    seen = read_digests(form.data.get(form.add_prefix(SEEN), ""))
    unit = next((unit for unit in units_of(theirs, _together(form)) if name in unit), ())
    shown = tuple(one for one in unit if one in seen)
    if not shown or any(seen[one] != digest_of(theirs[one]) for one in shown):
        return ()
    opened.update({one: digest_of(theirs[one]) for one in unit})
    return unit if side == "theirs" else ()


def _together(form: forms.BaseForm) -> tuple[tuple[str, ...], ...]:
    return (*getattr(form, "together", ()), _PLACE)


def _put(form: forms.BaseForm, data: Any, name: str, values: list[str]) -> None:
    widget = form.fields[name].widget
    if isinstance(widget, RowsInput):
        widget.put_rows(data, form.add_prefix(name), widget.read_rows(values))
    else:
        data.setlist(form.add_prefix(name), values)


def _in_words(field: forms.Field, sent: list[str]) -> str:
    """What a field holds, for a reader: the words of a choice, a day in full, a row on each line; nothing if empty."""
    if isinstance(field.widget, forms.CheckboxInput):
        return _("yes") if sent else _("no")
    if isinstance(field.widget, RowsInput):
        return "\n".join(map(field.widget.row_in_words, field.widget.read_rows(sent)))
    if isinstance(field.widget, ChoiceWidget):
        names = dict(_choices(field.widget.choices))
        return ", ".join(names.get(key, key) for key in sent if key)
    text = sent[0] if sent else ""
    try:
        value = field.to_python(text)
    except forms.ValidationError:
        return text
    if isinstance(value, datetime.datetime):
        return wording.moment_in_full(value)
    return wording.day(value) if isinstance(value, datetime.date) else text
