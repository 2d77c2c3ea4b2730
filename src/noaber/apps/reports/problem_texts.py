"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "report.is-made": _("This report is made already, or belongs to another organisation. Make a new one."),
}
