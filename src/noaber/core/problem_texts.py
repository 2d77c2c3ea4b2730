"""The English sentences of the problems that modules right under core raise or several packages share, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    # any input
    "input.not-json": _("This is not JSON: %(reason)s."),
    "input.unknown-key": _("The key “%(key)s” is unknown here; known are %(known)s."),
    "input.missing": _("“%(key)s” is missing."),
    "input.type": _("Expected %(expected)s, found %(found)s."),
    "input.reference": _("There is no %(kind)s “%(id)s” in this input."),
    "input.duplicate": _("The id “%(id)s” is used twice."),
    "input.duplicate-key": _("The key “%(key)s” stands here twice; keep one of them."),
    # Actual, Exercise and Test
    "status.not-actual-here": _("This site exercises or tests: nothing Actual is made here. Choose Exercise or Test."),
    # tables in files
    "csv.empty": _("The file is empty; its first row must name the columns."),
    "csv.utf-16": _("The file is written in UTF-16; save it as “CSV UTF-8”."),
    "csv.encoding": _("The byte %(byte)s is not UTF-8; save the file as “CSV UTF-8”."),
    "csv.nul": _("The file holds a NUL character, so it is no text; save it as “CSV UTF-8”."),
    "csv.syntax": _("The quotation marks do not fit together: %(reason)s."),
    "csv.missing-column": _("The column “%(column)s” is missing."),
    "csv.twice-column": _("The column “%(column)s” stands there twice."),
    "csv.cells": _(
        "This row has %(found)s cells, the first row %(expected)s; a text with the separator in it needs quotes."
    ),
    "csv.required": _("“%(column)s” must not be empty."),
    "csv.twice-id": _("“%(id)s” stands in row %(first)s already; each row has an id of its own."),
    # one field
    "capacity.number": _("“%(text)s” is not a number; write it like 5.86, without thousands separators."),
    "capacity.whole-number": _("“%(text)s” is not a whole number."),
    "capacity.range": _("%(text)s is not between %(lowest)s and %(highest)s."),
    "capacity.territory": _("“%(text)s” is not a territory known here; write a NUTS 2021 code such as BE335."),
    "capacity.no-capability": _("A capacity needs at least one capability, such as HCP."),
    # alerting own teams
    "alert.more-than-free": _(
        "%(asked)s teams of %(team)s cannot be alerted: %(free)s are free. The others are promised, out or reserved. "
        "Have the plan proposed again."
    ),
    "alert.none-free": _(
        "No team of %(team)s is free any more: they are promised, out or reserved. Have the plan proposed again."
    ),
    # deadlines
    "deadline.unclear": _(
        "“%(typed)s” is no time. Enter hours (3; 1 h 30), minutes (90 min) or a time of day (21:00)."
    ),
    "deadline.past": _("This moment has passed already."),
    "deadline.far": _("This is more than %(days)s days ahead."),
    "deadline.clock-change": _(
        "The clocks are changed in this hour: it is missing, or comes twice. Choose another hour."
    ),
    "deadline.useless-before": _("This is before the moment by which the help is needed."),
    "deadline.no-reason": _("Say why the deadline moves: those who were asked read it."),
    "deadline.not-moved": _("The deadline stays where it was."),
}
