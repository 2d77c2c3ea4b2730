"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "demo.not-empty": _(
        "This database holds accounts and no exercise. Choose an empty data directory with --data: "
        "an exercise is never mixed into what is real."
    ),
    "demo.no-actor": _("There is no account “%(username)s” that acts for %(organisation)s."),
    "demo.no-request": _("The request %(request)s of the story has not been sent."),
    "demo.no-draft": _("The request %(request)s of the story has not been written."),
}
