"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "capacity.too-long": _("The text has %(length)s characters; at most %(longest)s fit."),
    "registry.not-kept": _("This record is kept by another organisation; only that one can change it."),
    "registry.no-group": _("There is no sharing group “%(group)s”."),
    "action.step-gone": _("This step is not possible any more; somebody has acted meanwhile."),
    "action.overtaken": _("Several people added at the same moment. Try again."),
    "request.no-words": _("Write a few words; this cannot be left empty."),
}
