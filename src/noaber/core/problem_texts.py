"""The English sentence of every problem, by its code: one table, extracted for translation.

A full sentence with a full stop, the thing's own name in it, the next step where there is one. Placeholders
are named. Keep the codes of one module together, under its heading.
"""

from __future__ import annotations


def _(text: str) -> str:
    """Mark a text for extraction; the core itself translates nothing."""
    return text


PROBLEM_TEXTS: dict[str, str] = {
    # any input
    "input.unreadable": _("%(file)s cannot be read: %(reason)s."),
    "input.not-json": _("This is not JSON: %(reason)s."),
    "input.unknown-key": _("The key “%(key)s” is unknown here; known are %(known)s."),
    "input.missing": _("“%(key)s” is missing."),
    "input.type": _("Expected %(expected)s, found %(found)s."),
    "input.reference": _("There is no %(kind)s “%(id)s” in this input."),
    "input.duplicate": _("The id “%(id)s” is used twice."),
    "input.duplicate-key": _("The key “%(key)s” stands here twice; keep one of them."),
    # accounts
    "accounts.role": _(
        "Your role does not allow this (%(permission)s). Ask a colleague who may, or your administrator."
    ),
    # messages: what every message must satisfy
    "message.missing-part": _("A message of type %(type)s needs %(part)s here."),
    "message.forbidden-part": _("A message of type %(type)s cannot carry this %(part)s."),
    "message.empty-part": _("This %(part)s says nothing; leave it out or fill it in."),
    "message.id": _("“%(id)s” cannot be an id: it must not be empty or contain blanks, commas, < > or &."),
    "message.same-element-id": _("The element id “%(id)s” stands on two lines of this message."),
    "message.no-sender": _("The message does not say which organisation sends it."),
    "message.no-recipient": _("The message needs at least one recipient."),
    "message.same-recipient": _("The message names a recipient twice."),
    "message.said": _("What was said by phone needs the time and the name of who said it."),
    "message.language": _("“%(language)s” is not a language tag such as nl, fr, de or en."),
    "message.reason": _("An answer of type %(response)s needs a reason."),
    "message.unnamed-resource": _("A resource needs a capability, a name or an id."),
    "message.no-owner": _("A base without the organisation that owns the resource cannot be sent."),
    "message.quantity": _("%(quantity)s is not a number of teams; give a whole number from 1."),
    "message.price": _("%(price)s is not a price; give an amount in euro, from 0."),
    "message.schedule-type": _("A message of type %(type)s cannot carry a time or place of type %(schedule)s."),
    "message.priority": _("%(priority)s is not a priority; give 1, 2 or 3."),
    "message.minutes": _("%(minutes)s is not a number of minutes above 0."),
    "message.head-count": _("%(count)s is not a number of people."),
    "message.character": _("The character %(code)s cannot be sent; remove it."),
    "message.time": _("%(time)s needs an offset from UTC in whole minutes."),
    "message.capability": _("“%(capability)s” is not a capability code, or the urn of a list, # and its value."),
    "message.no-content": _("An acknowledgement is an envelope without content; it has no EDXL-RM form of its own."),
    # messages: XML that cannot be read
    "xml.too-large": _("The file is larger than %(limit)s MiB."),
    "xml.empty": _("The file is empty; expected an XML document."),
    "xml.encoding": _("The bytes are not %(encoding)s text."),
    "xml.unknown-encoding": _("The encoding “%(encoding)s” is not accepted; write UTF-8."),
    "xml.nul": _("The file holds a NUL character, which XML forbids."),
    "xml.document-type": _("The file has a document type (DOCTYPE), which is never accepted."),
    "xml.syntax": _("This is not well-formed XML: %(reason)s."),
    "xml.root": _("Expected %(expected)s, found the root element “%(found)s”."),
    "xml.missing": _("“%(parent)s” needs the element “%(element)s”."),
    "xml.time": _("“%(text)s” is not a date and time with its offset from UTC, such as 2021-07-14T18:00:00+02:00."),
    "xml.number": _("“%(text)s” is not a number that can stand here."),
    "xml.code": _("“%(text)s” is not one of the values known here: %(known)s."),
    "xml.contents": _("Expected one EDXL-RM message in this envelope, found %(count)s."),
    "xml.tlp": _("“%(text)s” names no TLP label; how far this may be shared must be asked of its sender."),
    # messages as canonical JSON
    "message.same-key": _("The key “%(key)s” stands twice in one object."),
    "message.value": _("This cannot be: %(reason)s."),
    # the site's commands
    "site.setting": _("A setting cannot be used: %(reason)s"),
    "site.database": _("The database cannot be reached: %(reason)s."),
    "site.not-migrated": _(
        "The tables are older than the program: %(count)s changes wait. Run “noaber manage migrate” first."
    ),
    "site.port": _("The port %(port)s cannot be used: %(reason)s. Choose another with --port."),
    # agreements
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
    "agreements.circle": _("The text “%(id)s” leads back to itself; take out one of the relations."),
    # incidents
    "incident.not-owner": _("This incident belongs to another organisation, which alone changes it."),
    "incident.closed": _("This incident is closed. Reopen it first."),
    "incident.not-closed": _("This incident is open already."),
    "incident.open-requests": _(
        "%(count)s requests of this incident are still open. Close them first, so that no help is forgotten."
    ),
    # planning
    "planning.no-road": _(
        "Driving times on the road network “%(network)s” are not at hand here; use the travel model “estimate” or "
        "“matrix”."
    ),
    "planning.pin-forbidden": _("“%(unit)s” cannot be pinned to this need: %(reason)s."),
    "planning.pin-too-many": _("More teams are pinned than %(what)s allows: %(pinned)s instead of %(allowed)s."),
    "planning.simultaneous": _(
        "Expected a number of simultaneous incidents from 1 to %(incidents)s, found %(found)s."
    ),
}
