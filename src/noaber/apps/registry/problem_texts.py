"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    # a file of capacities
    "csv.no-rows": _("The file names its columns, and holds no capacity."),
    "csv.too-large": _("The file is larger than %(limit)s MiB; divide it."),
    "csv.too-many-rows": _("The file holds more than %(limit)s rows; divide it."),
    "csv.damaged": _("The file is damaged, or no workbook (.xlsx), zip or CSV file; save it again."),
    "csv.no-main-table": _("The table “%(table)s” is missing; it holds a row for each capacity."),
    "csv.unread-table": _("“%(table)s” is not read; the tables are %(known)s."),
    "csv.too-many-problems": _("Reading stopped here, after %(most)s problems."),
    "csv.no-such-id": _("There is no capacity “%(id)s” in the table of capacities of this file."),
    "csv.unknown-column": _("There is no column “%(column)s”; known here: %(known)s."),
    # one field of a capacity
    "capacity.code": _(
        "“%(text)s” cannot be an id: use at most 60 letters, digits, dots, hyphens or underscores, and begin with a"
        " letter or digit."
    ),
    "capacity.money": _("“%(text)s” is not an amount in euro; write it like 1250.00, without thousands separators."),
    "capacity.day": _("“%(text)s” is not a day; write it like 2021-07-14 or 14/07/2021."),
    "capacity.ends-before": _("%(last)s is before %(first)s, on which it begins."),
    "capacity.too-many-lines": _("A capacity has at most %(most)s lines here."),
    "capacity.yes-no": _("“%(text)s” is neither yes nor no."),
    "capacity.time": _(
        "“%(text)s” is not a date and time with its offset from UTC, such as 2021-07-14T18:00:00+02:00."
    ),
    "capacity.future": _("%(text)s lies in the future; a state is what was seen."),
    "capacity.choice": _("“%(text)s” is not one of %(known)s."),
    "capacity.owner": _("This row belongs to “%(text)s”, and the import is for “%(expected)s”."),
    "capacity.status": _(
        "This row has the status “%(text)s”, and the import is for “%(expected)s”; the two never mix."
    ),
    "capacity.capability": _("“%(text)s” is not a capability of the vocabulary; the page “Vocabulary” lists them."),
    "capacity.language": _("“%(text)s” is not one of the languages %(known)s."),
    "capacity.group": _("There is no sharing group “%(text)s”; known are %(known)s."),
    "capacity.host-need": _("“%(text)s” is not one of the things that a host provides: %(known)s."),
    "capacity.attribute": _("“%(text)s” is not a property; write code=value with a code of %(known)s."),
    "capacity.attribute-text": _(
        "“%(text)s” cannot be the value of a property: it must not be empty or hold a | or a line break."
    ),
    "capacity.empty-part": _("“%(text)s” has an empty part; write codes with one | between them."),
    "capacity.twice": _("“%(text)s” stands there twice."),
    "capacity.share-up-to": _("More may go than the %(quantity)s teams that there are."),
    "capacity.reduced-to": _("Reduced means fewer than the %(quantity)s teams that there are."),
    "capacity.reduced-without-number": _("A reduced capacity needs the number of teams that are left."),
    "capacity.number-without-reduced": _("A number of teams left belongs to the state “reduced” only."),
    "capacity.exchanged": _(
        "Longitude %(lon)s and latitude %(lat)s look exchanged; longitude comes first, and around here it is the"
        " smaller one."
    ),
    # what one may not do, and what has changed meanwhile
    "registry.changed-meanwhile": _(
        "The registry has changed since the preview. Look at the preview again, then import."
    ),
    "registry.state-overtaken": _("Somebody has changed %(name)s since you saw it. Look at it again, then report."),
    "registry.field-overtaken": _(
        "Someone else was changing this at the same moment. Look at it as it is now, then go on."
    ),
    "registry.states-overtaken": _("Somebody has changed one of these teams since. Look again, then confirm."),
    "registry.bulk-done": _("This change is done already."),
    "registry.bulk-undone": _("This change is taken back already."),
    "registry.no-upload": _("The preview is no longer there. Choose the file again."),
    "registry.same-code": _("There is a capacity with the id “%(id)s” already."),
    "registry.same-function": _(
        "%(organisation)s has a function for that already: %(function)s. Change that one, or withdraw it first."
    ),
    "registry.local-only": _("This text came with the reference data; what it says is changed there."),
    "registry.not-party": _(
        "What this text says is written down by who keeps it or by a party to it. Record what you found as a note, or "
        "ask one of them."
    ),
    "registry.document-nowhere": _("Choose a file, or say where the text is published."),
    "registry.document-empty": _("The file is empty. Choose another."),
    "registry.document-size": _("The file is larger than %(most)s MB. Name where the text is published instead."),
    "registry.document-type": _("This is no document of a kind that can be kept here: %(kinds)s."),
    # reservations
    "reservation.order": _("A reservation ends after it begins."),
    "reservation.too-many": _("Teams that can still be reserved at that time: %(left)s."),
}
