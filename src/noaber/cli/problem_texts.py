"""The English sentences of the problems that this package raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "input.unreadable": _("%(file)s cannot be read: %(reason)s."),
    "check.more": _("%(count)s more problems are not listed."),
    "registry.no-owner": _("There is no organisation “%(owner)s”."),
    "site.setting": _("A setting cannot be used: %(reason)s"),
    "site.database": _("The database cannot be reached: %(reason)s."),
    "site.no-data": _("There is no database in %(data)s. Name the directory where it lies with --data."),
    "site.not-migrated": _(
        "The tables are older than the program: %(count)s changes wait. Run “noaber manage migrate” first."
    ),
    "site.port": _("The port %(port)s cannot be used: %(reason)s. Choose another with --port."),
    "site.served": _("%(data)s is served already. Stop that server, or choose another directory with --data."),
    "demo.not-loaded": _("The exercise is not here. Start it first with “noaber demo”, on the same data."),
    "demo.time": _("“%(text)s” is no time; give one as 20:30 or as 2021-07-14T20:30+02:00."),
    "person.organisation": _("There is no organisation “%(code)s”; “noaber person organisations” lists them."),
    "person.username": _("There is an account “%(username)s” already."),
    "person.field": _("%(reason)s"),
    "person.password": _("The password will not do: %(reason)s"),
    "person.twice": _("The two passwords differ."),
    "person.no-keyboard": _("There is no keyboard to ask for a password; give it with --password-from-stdin."),
    "network.left-out": _(
        "None of its roads is in the network: no road leads from the largest part of all extracts there and back."
    ),
    "network.closes-nothing": _("This closure touches no road of the network."),
    "network.closures-alone": _("Closures change nothing without a road network; name one with --network."),
    "network.vehicle-alone": _("The estimate is the same for every vehicle; name a road network with --network."),
    "boundary.twice-file": _("The code “%(code)s” stands in %(file)s already; codes are unique in a set."),
}
