"""The icons: strokes on a grid of 16, drawn for this house. They repeat a word and never stand for one alone."""

from __future__ import annotations

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: Final[dict[str, str]] = {
    # the seven places
    "desk": '<path d="M2.5 9.5h3l1 2h3l1-2h3"/><path d="M4 3h8l1.5 6.5V13h-11V9.5z"/>',
    "assistance": '<path d="M2 5.5h10M9 2.5l3 3-3 3"/><path d="M14 10.5H4M7 7.5l-3 3 3 3"/>',
    "map": '<path d="M2 4l4-1.5 4 1.5 4-1.5v9.5L10 13.5 6 12l-4 1.5z"/><path d="M6 2.5V12M10 4v9.5"/>',
    "mapping": '<path d="M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11"/>',
    "events": '<path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3"/>',
    "cooperation": (
        '<circle cx="8" cy="8" r="2.6"/><circle cx="8" cy="2.6" r="1.1"/><circle cx="8" cy="13.4" r="1.1"/>'
        '<circle cx="2.6" cy="8" r="1.1"/><circle cx="13.4" cy="8" r="1.1"/>'
    ),
    "library": '<path d="M3 2.5h3v11H3zM6 2.5h3v11H6z"/><path d="M9.6 3.2l2.8-.7 2 10.4-2.8.6z"/>',
    # the frame
    "more": '<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>',
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5L14 14"/>',
    "theme": '<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentColor"/>',
    "key": '<circle cx="5" cy="8" r="2.8"/><path d="M7.8 8h6M11 8v2.6M13.4 8v2"/>',
    "leave": '<path d="M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3"/>',
    "bell": '<path d="M3.5 11.5V11l1-1.4V7a3.5 3.5 0 0 1 7 0v2.6l1 1.4v.5z"/><path d="M6.6 13.6a1.6 1.6 0 0 0 2.8 0"/>',
    "bell-off": (
        '<path d="M4.5 9.6V7a3.5 3.5 0 0 1 5.4-2.9M11.5 7.4v2.2l1 1.4v.5H6"/>'
        '<path d="M6.6 13.6a1.6 1.6 0 0 0 2.8 0M2.5 13.5l11-11"/>'
    ),
    "keyboard": '<path d="M1.5 4h13v8h-13z"/><path d="M4 6.6h.01M6.6 6.6h.01M9.2 6.6h.01M11.8 6.6h.01M5 9.5h6"/>',
    # states
    "yes": '<path d="M3 8.5l3.2 3.2L13 4.8"/>',
    "part": '<circle cx="8" cy="8" r="5"/><path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor" stroke="none"/>',
    "no": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "unknown": '<circle cx="8" cy="8" r="5.2" stroke-dasharray="2 2"/>',
    "warn": '<path d="M8 2.5l6 10.5H2z"/><path d="M8 6.5v3M8 11.4v.1"/>',
    "info": '<circle cx="8" cy="8" r="6"/><path d="M8 7.2V11M8 5v.1"/>',
    "clock": '<circle cx="8" cy="8" r="5.8"/><path d="M8 4.5V8l2.5 1.7"/>',
    "lock": '<path d="M3.5 7.5h9v6h-9z"/><path d="M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5"/>',
    # directions
    "up": '<path d="M4 10l4-4 4 4"/>',
    "down": '<path d="M4 6l4 4 4-4"/>',
    "next": '<path d="M6 4l4 4-4 4"/>',
    "back": '<path d="M10 3.5L5.5 8l4.5 4.5"/>',
    "undo": '<path d="M3 6.5h7a3.2 3.2 0 0 1 0 6.4H6M5.5 3.5l-3 3 3 3"/>',
    # what one does
    "new": '<path d="M8 3v10M3 8h10"/>',
    "minus": '<path d="M3 8h10"/>',
    "send": '<path d="M2.5 8l11-5-3.5 10.5L7.5 9z"/><path d="M7.5 9l6-6"/>',
    "phone": '<path d="M3 3.2l2.4-.7 1.3 3-1.5 1.2a8 8 0 0 0 4 4l1.2-1.5 3 1.3-.7 2.4c-5.5 1-10.7-4.2-9.7-9.7z"/>',
    "mail": '<path d="M2 4h12v8.5H2z"/><path d="M2 4.5L8 9l6-4.5"/>',
    "print": '<path d="M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2"/><path d="M4.5 9.5h7v4h-7z"/>',
    "download": '<path d="M8 2v8M5 7l3 3 3-3M3 13.5h10"/>',
    "upload": '<path d="M8 10V2M5 5l3-3 3 3M3 13.5h10"/>',
    "filter": '<path d="M2.5 3.5h11L9.5 8.5v4l-3 1v-5z"/>',
    "pin": '<path d="M5.5 2h5l-.8 5 2 2.3H4.3l2-2.3z"/><path d="M8 9.3V14"/>',
    "dots": '<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.4"/>',
    "edit": '<path d="M3 13l.6-2.8L10.8 3 13 5.2 5.8 12.4z"/><path d="M9.4 4.4l2.2 2.2"/>',
    "link": ('<path d="M6.5 9.5l3-3M7 4.5L8.5 3a3 3 0 0 1 4.3 4.3l-1.5 1.5M9 11.5L7.5 13a3 3 0 0 1-4.3-4.3l1.5-1.5"/>'),
    # things
    "document": '<path d="M4 2h5.5L12.5 5v9H4z"/><path d="M9.5 2v3h3M6 8h4.5M6 10.5h4.5"/>',
    "people": (
        '<circle cx="6" cy="5.5" r="2.3"/><path d="M2 13c0-2.4 1.7-3.8 4-3.8s4 1.4 4 3.8'
        'M10.5 3.5a2.3 2.3 0 0 1 0 4.2M11.5 9.5c1.6.5 2.5 1.7 2.5 3.5"/>'
    ),
    "place": (
        '<path d="M8 14c3-3.4 4.5-5.8 4.5-7.7a4.5 4.5 0 0 0-9 0C3.5 8.2 5 10.6 8 14z"/>'
        '<circle cx="8" cy="6.3" r="1.6"/>'
    ),
    "flood": ('<path d="M1.5 12c1.6 0 1.6 1.3 3.2 1.3S6.4 12 8 12s1.6 1.3 3.2 1.3S12.9 12 14.5 12M4 10V6l4-3 4 3v4"/>'),
    "fire": (
        '<path d="M8 14c-2.6 0-4.3-1.7-4.3-4.1 0-2.9 2.6-3.9 2.9-7.4 2.8 1.4 3.4 3.4 3.2 4.9.7-.3 1.2-.9 1.4-1.7'
        '.8 1.1 1.1 2.4 1.1 3.7C12.3 12.2 10.6 14 8 14z"/>'
    ),
    "vehicle": (
        '<path d="M1.5 4.5h8v6.5h-8zM9.5 6.5h3l2 2.2V11h-5"/>'
        '<circle cx="4.5" cy="11.8" r="1.4"/><circle cx="11.5" cy="11.8" r="1.4"/>'
    ),
    "border": '<path d="M8 1.5v2M8 5.5v2M8 9.5v2M8 13.5v1"/><path d="M2 8h3.5M10.5 8H14"/>',
    "journal": (
        '<path d="M4 2.5h9v11H4a1.5 1.5 0 0 1-1.5-1.5V4A1.5 1.5 0 0 1 4 2.5z"/><path d="M5.5 2.5v11M8 6h3M8 8.5h3"/>'
    ),
}

_MARK = (
    '<svg class="logo" viewBox="0 0 22 22" aria-hidden="true"><path d="M2 19V9l4.5-4L11 9v10z"/>'
    '<path class="neighbour" d="M11 9l4.5-4L20 9v10h-9z"/></svg>'
)

_SEVERITY_SHAPES: Final[dict[str, str]] = {
    "extreme": '<path d="M7 .8L13.2 7 7 13.2 .8 7z"/><path class="mark" d="M7 4v4M7 9.8v.1"/>',
    "severe": '<path d="M7 1.5L13 12H1z"/>',
    "moderate": '<path class="o" d="M7 1.5L13 12H1z"/>',
    "minor": '<circle class="o" cx="7" cy="7" r="5"/>',
    "unknown": '<circle class="o" cx="7" cy="7" r="5"/>',
}


def icon(name: str, *, label: str = "") -> SafeString:
    """The icon as markup: hidden from screen readers, unless `label` gives it a meaning of its own."""
    inner = mark_safe(ICONS[name])  # noqa: S308  # written above, not by a user
    if label:
        return format_html('<svg class="i" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>', label, inner)
    return format_html('<svg class="i" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', inner)


def logo() -> SafeString:
    """Two houses wall to wall, the neighbour's in the accent."""
    return mark_safe(_MARK)  # noqa: S308


def severity_shape(level: str) -> SafeString:
    """The shape of a CAP severity (lower case)."""
    inner = mark_safe(_SEVERITY_SHAPES[level])  # noqa: S308
    return format_html('<svg viewBox="0 0 14 14" aria-hidden="true">{}</svg>', inner)
