"""The tags and filters of every page: icons, labels, honest numbers, clocks, times, free text (`docs/pages.md`)."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from noaber.core.coverage import Coverage
from noaber.web import background, edits, forms, icons, parts, wording
from noaber.web.clock import has_come
from noaber.web.clock import now as node_time
from noaber.web.context import Frame
from noaber.web.covering import coverage_parts
from noaber.web.navigation import PLACES
from noaber.web.tables import Sorting, with_query
from noaber.web.tabs import tabs_of
from noaber.web.written_in import UNKNOWN_LANGUAGE, language_mark

register = template.Library()

register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.logo, name="logo")
register.simple_tag(wording.problem, name="problem")
register.simple_tag(wording.checked, name="checked")
register.simple_tag(language_mark)
register.filter("number", wording.number)
register.filter("euro", wording.euro)
register.filter("label", wording.label)
register.filter("duration", wording.duration)
register.filter("day", wording.day)
register.filter("checked_day", wording.checked_day)
register.filter("day_short", wording.day_short)
register.filter("has_come", has_come)
register.filter("day_long", wording.day_long)
register.filter("hour", wording.hour)
register.filter("utc", wording.utc)


def _now(context: Context) -> datetime.datetime:
    frame = context.get("frame")
    return frame.now if isinstance(frame, Frame) else node_time()


@register.inclusion_tag("web/_tabs.html", takes_context=True)
def tabs(context: Context, place: str) -> dict[str, Any]:
    """The tabs of a place, above the heading of its pages."""
    label = next(one.label for one in PLACES if one.key == place)
    return {"label": label, "tabs": list(tabs_of(place, context["request"]))}


# labels


@register.simple_tag
def tlp(label: Any) -> SafeString:
    """The TLP 2.0 label in its official colours; its meaning when pointed at."""
    code = str(getattr(label, "value", label)).upper().removeprefix("TLP:")
    colour = code.partition("+")[0].lower()
    return format_html(
        '<span class="tlp tlp--{}" title="{}">TLP:{}</span>', colour, parts.TLP_MEANINGS.get(code, ""), code
    )


@register.simple_tag
def severity(level: Any) -> SafeString:
    """A CAP severity: shape, colour and word."""
    key = str(getattr(level, "value", level)).lower()
    known = key if key in parts.SEVERITIES else "unknown"
    return format_html(
        '<span class="sev sev--{}">{}{}</span>', known, icons.severity_shape(known), parts.SEVERITIES[known]
    )


@register.inclusion_tag("web/_status_band.html")
def status_band(status: Any, note: str = "") -> dict[str, Any]:
    """The band of Actual, Exercise or Test."""
    value = str(getattr(status, "value", status))
    return {"status": value.lower(), "word": parts.STATUS_WORDS[value], "note": note}


@register.filter
def language_name(code: str) -> str:
    """`nl` as “Dutch”, in the language of the page; the code where the house does not know it."""
    return str(parts.LANGUAGE_NAMES.get(code[:2].lower(), code))


@register.simple_tag
def text(value: Any) -> SafeString | str:
    """What someone wrote, marked with its language; the language is named where it is not the reader's."""
    if not value or not value.text:
        return ""
    language = value.language or UNKNOWN_LANGUAGE
    mark = language_mark(language)
    gap = " " if mark else ""
    return format_html('<span class="free" lang="{}">{}</span>{}{}', language, value.text, gap, mark)


# numbers


@register.simple_tag
def unknown(words: str = "") -> SafeString:
    """Unknown is a value, and is shown as one."""
    return format_html('<span class="unk">{}</span>', words or _("unknown"))


@register.simple_tag
def minutes(value: float | None, kind: Any = "routed") -> SafeString:
    """Minutes: routed stand bare, those by main roads and estimated with ≈, unknown in a dashed frame."""
    if value is None:
        return unknown()
    words = wording.duration(value)
    if why := parts.approximate_words(kind):
        return format_html('<span class="min est" title="{}">{}</span>', why, words)
    return format_html('<span class="min">{}</span>', words)


@register.simple_tag
def bare_minutes(value: float, kind: Any = "routed") -> SafeString:
    """The number alone, as a part of a sum that is marked itself."""
    words = wording.number(value)
    if why := parts.approximate_words(kind):
        return format_html('<span class="est" title="{}">{}</span>', why, words)
    return format_html("{}", words)


@register.filter
def percent_class(fraction: float) -> str:
    return parts.percent_class(fraction)


# time


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime.datetime | None, *, full: bool = False) -> SafeString:
    """An instant: local time first, UTC when pointed at; the date where it is not today."""
    if value is None:
        return unknown()
    words = wording.moment_in_full(value) if full else wording.moment(value, _now(context))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        wording.moment_in_full(value),
        words,
    )


@register.inclusion_tag("web/_clock.html", takes_context=True)
def clock(
    context: Context,
    deadline: datetime.datetime,
    *,
    since: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
    big: bool = False,
    hint: str = "",
) -> dict[str, Any]:
    """How long is left until `deadline`, in words and as a bar that empties; a script keeps it true."""
    return {"clock": parts.make_clock(deadline, now or _now(context), since), "big": big, "hint": hint}


@register.inclusion_tag("web/_track.html")
def track(steps: Sequence[Any], current: Any) -> dict[str, Any]:
    """The steps of a deployment as dots: labels or (value, label); `current` is a value, or an index from 0."""
    pairs = [step if isinstance(step, tuple) else (step, step) for step in steps]
    values = [value for value, _label in pairs]
    index = current if isinstance(current, int) else values.index(current) if current in values else -1
    labels = [str(label) for _value, label in pairs]
    return {
        "steps": parts.make_steps(labels, index),
        "label": labels[index] if index >= 0 else _("not yet begun"),
        "position": index + 1,
        "total": len(labels),
    }


@register.simple_tag(takes_context=True)
def time_left(context: Context, deadline: datetime.datetime) -> SafeString:
    """How long is left until `deadline`, or how late it is, in words that a script keeps true."""
    left = (deadline - _now(context)).total_seconds()
    return format_html(
        '<span class="{}" data-noaber-deadline="{}"><span data-noaber-clock-words>{}</span></span>',
        "clock--late" if left < 0 else "",
        deadline.isoformat(),
        wording.left(left),
    )


@register.inclusion_tag("web/_coverage.html")
def coverage(value: Coverage) -> dict[str, Any]:
    """How much of what is asked for is in time, late or missing: a bar, and the same in words."""
    return {"parts": coverage_parts(value)}


# forms


@register.simple_tag(takes_context=True)
def once_token(context: Context) -> SafeString:
    """A fresh token: the same form sent twice does its work once. And for whom: a form is sent for nobody else."""
    once = format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())
    acting = context["frame"].acting if "frame" in context else None
    if acting is None:
        return once
    return format_html('{}<input type="hidden" name="acting" value="{}">', once, acting.organisation.code)


@register.inclusion_tag("web/_meanwhile.html")
def meanwhile(form: BaseForm) -> dict[str, Any]:
    """What a form of a record was opened with; and where another changed the same meanwhile, both side by side."""
    return {
        "clashes": edits.clashes_of(form),
        "opened": edits.opened_of(form),
        "opened_name": form.add_prefix(edits.OPENED),
        "seen": edits.seen_of(form),
        "seen_name": form.add_prefix(edits.SEEN),
        "keep_name": form.add_prefix(edits.KEEP),
    }


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control of a field in our classes."""
    return forms.render_control(field)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether the field is a set of radios or boxes, and so wants a fieldset."""
    return bool(field.use_fieldset)


@register.filter
def is_single_check(field: BoundField) -> bool:
    return forms.is_single_check(field)


# tables and maps


@register.inclusion_tag("web/_table_head.html")
def table_head(sorting: Sorting, target: str = "", *, extra: int = 0) -> dict[str, Any]:
    """The head of a sortable table; `target` is the CSS selector of the fragment that a sort replaces."""
    return {"heads": sorting.heads(), "target": target, "extra": range(extra)}


@register.inclusion_tag("web/_exports.html", takes_context=True)
def exports(context: Context, *formats: str) -> dict[str, Any]:
    """Links to the same list as files: `{% exports "csv" "xlsx" %}`."""
    query = context["request"].GET
    labels = {"geojson": "GeoJSON"}
    links = [
        {"label": labels.get(name, name.upper()), "url": with_query(query, format=name, page=None)} for name in formats
    ]
    return {"links": links}


@register.inclusion_tag("web/_map.html", name="map")
def map_(*, id: str, label: str, data: Any = None, css: str = "") -> dict[str, Any]:
    """A map (`js/map.js` says what `data` may hold). The page must say the same in a table.

    Without `data` the page holds a `{% map_data %}` for the same id.
    """
    return {
        "data": data,
        "id": id,
        "label": label,
        "css": css,
        "background": background.source_of(settings.NOABER_MAP_BACKGROUND),
    }


@register.inclusion_tag("web/_map_data.html")
def map_data(data: Any, *, id: str) -> dict[str, Any]:
    """The data of the map `id` alone: inside a fragment, so that a swap redraws the map that stands outside it."""
    return {"data": data, "data_id": f"{id}-data"}


@register.inclusion_tag("web/_map_key.html")
def map_key(kind: str, label: str) -> dict[str, str]:
    """One entry of a legend: the sign as the map draws it, and its word."""
    return {"kind": kind, "label": label}


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute; the template escapes it."""
    return json.dumps(value, ensure_ascii=False)
