"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "library.classified": _(
        "This carries the marking “%(marking)s”. Noaber is not approved for classified information: it was not kept."
    ),
    "library.file-empty": _("The file is empty. Choose another."),
    "library.file-size": _("The file is larger than %(most)s MB. Make it smaller, or divide it."),
    "library.file-type": _("This is no file of a kind that is kept here: %(kinds)s."),
    "library.file-macros": _("This file holds macros, which are not kept here. Save it without them."),
    "library.file-same": _("This is the very file that version %(number)s is. Choose another."),
    "library.document-withdrawn": _("This document is withdrawn; it stays as it was."),
}
