"""The English sentences of the problems that this package raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "agreements.code-twice": _("A code stands in one of yes, no and unknown only."),
    "agreements.day-order": _("“%(later)s” is before “%(earlier)s”; check both days."),
    "agreements.counted-from": _(
        "The day of force is given; a day from which the text is counted is for an unknown one."
    ),
    "agreements.no-territory": _("“%(field)s” names no territory; give at least one NUTS code."),
    "agreements.no-party": _("The text has no parties; name the states or organisations between which it stands."),
    "agreements.source-twice": _("Two sources have the same number."),
    "agreements.no-source": _("The text names no source; say where it can be found."),
    "agreements.languages": _("This is written in %(languages)s only."),
    "agreements.union-level": _("A text of the level “union” has the party EU, and no other text has."),
    "agreements.overreach": _("The text “%(id)s” is of the level “%(level)s”; a nearer one cannot replace it."),
    "agreements.circle": _("The text “%(id)s” leads back to itself; take out one of the relations."),
}
