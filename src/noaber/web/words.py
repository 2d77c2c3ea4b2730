"""The sentences that the scripts say, in the reader's language: data in the page, since scripts translate nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def script_words() -> dict[str, str]:
    """Sentences by the name under which the scripts ask for them. Placeholders are filled in the browser."""
    return {
        "left": _("%(duration)s left"),
        "late": _("%(duration)s late"),
        "minutes": pgettext("duration", "%(minutes)s min"),
        "hours": pgettext("duration", "%(hours)s h"),
        "hoursMinutes": pgettext("duration", "%(hours)s h %(minutes)02d"),
        "offline": _("Line lost since %(time)s. What you see may be old."),
        "online": _("Connected again. The page is up to date."),
        "failed": _("That did not work. The server could not answer; nothing was changed."),
        "unreachable": _("The server cannot be reached. Nothing was sent."),
        "mapFailed": _("The map cannot be drawn here. The table says the same."),
        "mapHoldCtrl": _("Hold Ctrl and scroll to zoom the map"),
        "mapHoldCommand": _("Hold ⌘ and scroll to zoom the map"),
        "mapTwoFingers": _("Move the map with two fingers"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
    }
