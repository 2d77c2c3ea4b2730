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
    # texts
    "text.character": _("The character %(character)s cannot stand in a text; remove it."),
    # Actual, Exercise and Test
    "status.not-actual-here": _("This site exercises or tests: nothing Actual is made here. Choose Exercise or Test."),
    # documents
    "library.classified": _(
        "This carries the marking “%(marking)s”. Noaber is not approved for classified information: it was not kept."
    ),
    "library.file-empty": _("The file is empty. Choose another."),
    "library.file-size": _("The file is larger than %(most)s MB. Make it smaller, or divide it."),
    "library.file-type": _("This is no file of a kind that is kept here: %(kinds)s."),
    "library.file-macros": _("This file holds macros, which are not kept here. Save it without them."),
    "library.file-same": _("This is the very file that version %(number)s is. Choose another."),
    "library.document-withdrawn": _("This document is withdrawn; it stays as it was."),
    # campaigns
    "campaign.not-owner": _("Only the organisation that asks runs this campaign."),
    "campaign.not-asked": _("This part is asked of another organisation; it answers, invites and signs itself."),
    "campaign.not-draft": _("This campaign is open already."),
    "campaign.not-open": _("This campaign takes no answers any more, or does not do so yet."),
    "campaign.is-closed": _("This campaign is closed. Start the next one from it."),
    "campaign.nothing-asked": _("Nobody is asked yet. Choose first whom the campaign asks what."),
    "campaign.same-code": _("There is a campaign with the id “%(code)s” already."),
    "campaign.no-title": _("Write the title in one language at least."),
    "campaign.deadline": _("The last day lies before the first. Choose a later one."),
    "campaign.deadline-past": _("The last day has passed. Choose a later one, then open the campaign."),
    "campaign.asked-already": _("%(organisation)s is asked about this already."),
    "campaign.no-field": _("Choose at least one field."),
    "campaign.answered-already": _("Something was answered here already; it stays as it is."),
    "campaign.no-such-thing": _("This is not asked here."),
    "campaign.signed-already": _("This has been signed as it stands, and nothing has changed since."),
    "campaign.no-place": _("No place of that name was found. Write the town or municipality where the teams stand."),
    "campaign.changed-since": _("Something has changed since you looked. Look at the summary again, then sign."),
    "campaign.nothing-changed": _("Nothing was changed. If it is right as it is, choose that."),
    "campaign.invitation-ends": _("Choose a day from tomorrow on, and at most a year ahead."),
    # reports
    "report.is-made": _("This report is made already, or belongs to another organisation. Make a new one."),
    # presidency
    "presidency.taken": _("Who holds the presidency of %(year)s was put down already."),
    "dossier.step-gone": _("This step is not possible any more; somebody has acted meanwhile."),
    "dossier.not-their-turn": _("It is the turn of the director of the other organisation to sign."),
    "dossier.exists": _("There is a dossier of this handover already. Open it from the list of presidencies."),
    "dossier.not-the-next": _("The receiver holds the presidency after the giver; choose a later one."),
    "dossier.outside": _("Choose a day from %(first)s to %(last)s: within the presidency that is handed over."),
    "dossier.frozen": _("This dossier lies before the directors and does not change. Make it a draft again first."),
    "dossier.changed-since": _("Another version was made since you looked. Read it, then sign."),
    # plans
    "plan.not-ours": _("This plan is kept by another organisation, which adopts it."),
    "plan.not-led": _("The organisation that leads this objective measures it, or the one that keeps the plan."),
    "plan.adopted": _("This plan is adopted and its text stands. Make it a draft again to change it."),
    "plan.closed": _("This plan is closed; nothing of it changes any more."),
    "plan.withdrawn": _("This draft was withdrawn; nothing of it changes unless its keeper takes it up again."),
    "plan.was-adopted": _(
        "This plan was adopted once, so it is not withdrawn. Adopt it anew, and close it when its time is over."
    ),
    "plan.has-parts": _("Annual plans are part of this programme: %(numbers)s. Withdraw them or take them out first."),
    "plan.programme-withdrawn": _("This programme was withdrawn. Choose another one, or “no programme”."),
    "plan.step-gone": _("This step is not possible any more; somebody has acted meanwhile."),
    "plan.is-a-part": _("This plan is the year’s part of a programme; word and consult on the programme."),
    "plan.two-levels": _("An objective has parts, and those have none. Choose an objective of this plan."),
    "plan.years": _("The last year lies before %(first)s, the first. Choose a later one."),
    "plan.one-year": _("An annual plan has one year; the last is the first."),
    "plan.outside-years": _("Choose years within those of the plan, %(years)s."),
    "plan.not-a-part": _("The year is none of those of the programme, %(years)s."),
    "plan.part-is-annual": _("Only an annual plan is part of a programme; choose “no programme”."),
    "plan.no-title": _("Write the title in one language at least."),
    "plan.weight": _("Choose a weight from 1 to %(heaviest)s."),
    "plan.adopted-ahead": _("A plan is adopted today or was before; choose a day until today."),
    "plan.measured-ahead": _("Choose a day until today; nothing is measured ahead."),
    "plan.unanswered": _("Comments of partners wait for an answer: %(count)s. Answer them first, then adopt the plan."),
    "plan.nobody-to-remind": _("Nobody is left to remind: nobody else is awaited, or all were reminded today."),
    "plan.nobody-consulted": _("Choose at least one organisation to consult."),
    "plan.until-past": _("The last day has passed. Choose today or a later one."),
    "plan.not-consulted": _("Your organisation is not consulted on this plan."),
    "plan.consultation-over": _("This consultation takes no comments any more."),
    "plan.no-action": _("You see no action with the number “%(number)s”. Look it up in the list of actions."),
    # accounts
    "accounts.acting-changed": _(
        "This page was opened for %(opened)s; meanwhile you act for %(acting)s. Nothing was done. "
        "Change back to %(opened)s, or open the page anew."
    ),
    "accounts.role.read": _("You do not belong to this organisation. Ask its administrator."),
    "accounts.role.open-incident": _("Your role does not open or change incidents; a duty officer or director does."),
    "accounts.role.send-request": _("Your role does not send requests; a duty officer or director does."),
    "accounts.role.answer-request": _("Your role does not answer requests; a duty officer or director does."),
    "accounts.role.report-deployment": _("Your role does not report on deployments; a duty officer does."),
    "accounts.role.keep-log": _("Your role does not write in the log; a duty officer, planner or director does."),
    "accounts.role.sign-off": _("Only a director signs off. Ask yours, by phone if need be, and record it."),
    "accounts.role.edit-capacities": _("Your role does not change capacities; a planner or duty officer does."),
    "accounts.role.edit-agreements": _("Your role does not change agreements; a planner or policy officer does."),
    "accounts.role.edit-contacts": _("Your role does not change contact points. Ask a colleague who may."),
    "accounts.role.close-roads": _("Your role does not close roads; a duty officer or planner does."),
    "accounts.role.cooperate": _(
        "Your role does not change the work of the cooperation; a policy officer, planner or director does."
    ),
    "accounts.role.manage-installation": _(
        "Only an administrator of an organisation that works here changes what is installed."
    ),
    "accounts.role.manage-people": _("Only an administrator of your organisation manages its people."),
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
    # messages: XML against the structure of its standard
    "schema.unexpected": _("“%(parent)s” cannot hold an element “%(element)s”."),
    "schema.namespace": _("“%(element)s” is in the namespace “%(namespace)s”, which is not that of this standard."),
    "schema.missing": _("“%(parent)s” needs the element %(element)s."),
    "schema.order": _("“%(element)s” is out of order or comes too often here."),
    "schema.too-many": _("“%(element)s” comes too often here."),
    "schema.unknown-element": _("“%(element)s” is not known, and only known elements may stand here."),
    "schema.text": _("“%(element)s” holds elements only; there is text between them."),
    "schema.in-value": _("“%(parent)s” holds a value; the element “%(element)s” cannot stand in it."),
    "schema.value": _("“%(text)s” is not %(expected)s."),
    "schema.attribute": _("“%(element)s” cannot have the attribute “%(attribute)s”."),
    "schema.missing-attribute": _("“%(element)s” needs the attribute “%(attribute)s”."),
    "schema.same-id": _("The id “%(id)s” is used twice in this document."),
    "schema.attribute-value": _("The attribute “%(attribute)s” is “%(text)s”; expected %(expected)s."),
    # messages: rules of the standards beyond their schemas
    "cap.identifier": _("The %(element)s “%(text)s” must not be empty or contain blanks, commas, < or &."),
    "cap.references": _("A message of type %(type)s needs references to the messages it is about."),
    "cap.reference": _("“%(text)s” is not a reference of the form sender,identifier,sent."),
    "cap.scope": _("The scope %(scope)s needs the element %(element)s."),
    "cap.restriction": _("A restriction says nothing in a message whose scope is %(scope)s."),
    "cap.time": _("“%(text)s” needs a numeric offset from UTC, such as +02:00 or -00:00; Z is not allowed."),
    "cap.ceiling": _("A ceiling needs an altitude beside it."),
    "cap.error-note": _("A message of type Error should say in a note what was wrong."),
    "cap.exercise-note": _("An exercise should be identified in a note."),
    "cap.no-info": _("The alert has no info: nobody can see what it warns of."),
    "cap.expires": _("The alert expires before it begins."),
    "cap.empty": _("The %(element)s is empty."),
    "cap.height": _("“%(text)s” is not a height in feet."),
    "geometry.pairs": _("“%(text)s” is not a list of latitude,longitude pairs."),
    "geometry.range": _("A position lies outside the Earth: latitude is -90 to 90, longitude -180 to 180."),
    "geometry.points": _("A polygon needs at least four points, the last equal to the first."),
    "geometry.open": _("The polygon is not closed: its last point must equal its first."),
    "geometry.circle": _("“%(text)s” is not a circle of the form latitude,longitude radius."),
    "geometry.positions": _("“%(text)s” is not a position of latitude and longitude."),
    "rm.one-of": _("“%(element)s” needs at least one of %(wanted)s."),
    "rm.reason": _("A provisional answer needs a reason."),
    "rm.same-element-id": _("The element id “%(id)s” stands on two lines of this message."),
    "rm.originating": _("The first message of an exchange names “%(own)s” as the originating one, not “%(first)s”."),
    "edxl.offset": _("“%(text)s” needs its offset from UTC."),
    "edxl.zulu": _("“%(text)s” should have a numeric offset from UTC instead of Z."),
    "de.reference": _("A distribution of type %(type)s should name the earlier one it refers to."),
    "de.country": _("“%(text)s” is not a country code of two letters."),
    "de.sender": _("“%(text)s” is not a sender of the form actor@domain."),
    "de.language": _("“%(text)s” is not a language tag."),
    "de.unknown": _("“%(element)s” is not known to this reading of EDXL-DE 2.0; it is kept as it is."),
    "check.more": _("%(count)s more problems are not listed."),
    "de.content": _("The content “%(element)s” is of a kind that is not checked here."),
    # messages: XML that cannot be read
    "xml.too-large": _("The file is larger than %(limit)s MiB."),
    "xml.empty": _("The file is empty; expected an XML document."),
    "xml.encoding": _("The bytes are not %(encoding)s text."),
    "xml.unknown-encoding": _("The encoding “%(encoding)s” is not accepted; write UTF-8."),
    "xml.nul": _("The file holds a NUL character, which XML forbids."),
    "xml.document-type": _("The file has a document type (DOCTYPE), which is never accepted."),
    "xml.attributes": _("An element has more than %(limit)s attributes."),
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
    # registry: a file of capacities
    "csv.empty": _("The file is empty; its first row must name the columns."),
    "csv.no-rows": _("The file names its columns, and holds no capacity."),
    "csv.too-large": _("The file is larger than %(limit)s MiB; divide it."),
    "csv.too-many-rows": _("The file holds more than %(limit)s rows; divide it."),
    "csv.utf-16": _("The file is written in UTF-16; save it as “CSV UTF-8”."),
    "csv.encoding": _("The byte %(byte)s is not UTF-8; save the file as “CSV UTF-8”."),
    "csv.nul": _("The file holds a NUL character, so it is no text; save it as “CSV UTF-8”."),
    "csv.damaged": _("The file is damaged, or no workbook (.xlsx), zip or CSV file; save it again."),
    "csv.no-main-table": _("The table “%(table)s” is missing; it holds a row for each capacity."),
    "csv.unread-table": _("“%(table)s” is not read; the tables are %(known)s."),
    "csv.too-many-problems": _("Reading stopped here, after %(most)s problems."),
    "csv.no-such-id": _("There is no capacity “%(id)s” in the table of capacities of this file."),
    "csv.syntax": _("The quotation marks do not fit together: %(reason)s."),
    "csv.unknown-column": _("There is no column “%(column)s”; known here: %(known)s."),
    "csv.missing-column": _("The column “%(column)s” is missing."),
    "csv.twice-column": _("The column “%(column)s” stands there twice."),
    "csv.cells": _(
        "This row has %(found)s cells, the first row %(expected)s; a text with the separator in it needs quotes."
    ),
    "csv.required": _("“%(column)s” must not be empty."),
    "csv.twice-id": _("“%(id)s” stands in row %(first)s already; each row has an id of its own."),
    # registry: one field of a capacity
    "capacity.code": _(
        "“%(text)s” cannot be an id: use at most 60 letters, digits, dots, hyphens or underscores, and begin with a"
        " letter or digit."
    ),
    "capacity.too-long": _("The text has %(length)s characters; at most %(longest)s fit."),
    "capacity.number": _("“%(text)s” is not a number; write it like 5.86, without thousands separators."),
    "capacity.whole-number": _("“%(text)s” is not a whole number."),
    "capacity.range": _("%(text)s is not between %(lowest)s and %(highest)s."),
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
    "capacity.territory": _("“%(text)s” is not a territory known here; write a NUTS 2021 code such as BE335."),
    "capacity.no-capability": _("A capacity needs at least one capability, such as HCP."),
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
    # registry: what one may not do, and what has changed meanwhile
    "registry.not-kept": _("This record is kept by another organisation; only that one can change it."),
    "registry.not-exercise": _("This record has the status %(found)s; it is changed where %(expected)s is shown."),
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
    "registry.has-errors": _("A file with errors cannot be imported. Correct the file, then choose it again."),
    "registry.no-owner": _("There is no organisation “%(owner)s”."),
    "registry.no-group": _("There is no sharing group “%(group)s”."),
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
    "mapping.question-reader": _("%(organisation)s does not see this text; share the text with it first."),
    "mapping.question-known": _("This fact is known by now; there is nothing to find out."),
    "mapping.question-not-asked": _("Only the organisation that was asked, or who asked, can close this question."),
    "mapping.question-due": _("The day by which an answer is wanted lies in the past; choose a later one."),
    # recommendations and actions
    "reservation.order": _("A reservation ends after it begins."),
    "reservation.too-many": _("Teams that can still be reserved at that time: %(left)s."),
    # events
    "event.not-ours": _("Who keeps this dossier or leads the event changes it; partners change what they added."),
    "event.closed": _("This event is closed; open it again first."),
    "event.not-over": _("This event is not over yet; close it afterwards."),
    "event.over": _("This event is over; close it with what was learned instead."),
    "event.not-closed": _("This event is open already."),
    "event.same-code": _("Your organisation has an event “%(id)s” already; choose another code."),
    "event.code": _("Use up to 30 capital letters, digits and hyphens, such as EURO-2024."),
    "event.order": _("The end lies before the beginning."),
    "event.far-off": _(
        "This lies more than two weeks from the event, which runs from %(first)s to %(last)s. Check the year and month."
    ),
    "event.no-title": _("Give the event a title in at least one language."),
    "event.risk-label": _("A risk is labelled at least as strictly as the event: %(label)s."),
    "event.same-partner": _("This organisation is a partner of the event already."),
    "action.not-ours": _("This action is done by another organisation; that one, or who keeps it, reports on it."),
    "action.closed": _("This action is done or dropped; take it up again first."),
    "action.no-evidence": _("Say what shows that it is done, or choose the record that shows it."),
    "action.done-when": _("Choose a day from %(made_on)s, when it was agreed, until today."),
    "action.step-gone": _("This step is not possible any more; somebody has acted meanwhile."),
    "action.overtaken": _("Several people added at the same moment. Try again."),
    "recommendation.declined": _("This recommendation was declined. Accept it first, then make an action of it."),
    # practices and lessons
    "practice.day-ahead": _("This day is still to come. Choose today or an earlier one."),
    "practice.own-language": _("The practice is written in this language. Choose another one to translate it into."),
    "practice.language-taken": _("There is a translation into this language already. Choose another one."),
    "practice.reuse-of-another": _("Another organisation reuses it there; that one says what came of it."),
    "lesson.not-done": _("A lesson is checked when its actions are done: one at least, and none still to do."),
    "lesson.checked-too-soon": _("On this day the action was not done yet. Choose a later one."),
    "lesson.action-spent": _("This action was dropped, or done before it was found not to help. Choose another one."),
    # meetings
    "meeting.no-name": _("Write the name in one language at least."),
    "meeting.ends-before": _("The end lies before the beginning. Choose a later one."),
    "meeting.no-start": _("Say when it begins, as you say when it ends."),
    "meeting.nobody": _("Choose an organisation, or write who it is."),
    "meeting.closed": _("This meeting is closed. Open its minutes again first, then change them."),
    "meeting.called-off": _("This meeting was called off. Plan it again first, then change it."),
    "meeting.unsettled": _("Two versions of the minutes of “%(title)s” stand side by side. Settle them, then close."),
    "meeting.being-written": _("%(who)s is writing about “%(title)s” and has not saved yet. Wait for it, then close."),
    "meeting.not-writer": _("The minutes are written by the members of the meeting and by who keeps it."),
    "meeting.not-yours-to-answer": _("Each participant answers for itself, or who keeps the meeting does."),
    "meeting.item-used": _("Something was written or decided under this point, so it stays on the agenda."),
    "meeting.point-taken-up": _("“%(title)s” is finished, or another meeting took it up meanwhile. Reload the page."),
    # exchanges of staff
    "placement.not-ours": _("Another organisation writes this: the one that hosts, applies or runs the programme."),
    "placement.too-early": _("The call opens on %(day)s. Change its days first, then open it."),
    "placement.no-place": _("No host offers a place yet. Add one first."),
    "placement.ranking-begun": _("The hosts rank already, so what is offered stays as it is."),
    "placement.not-ranking": _("Hosts rank between the end of the applications and the matching."),
    "placement.ranking-incomplete": _("Somebody applied or withdrew meanwhile. Look at the list again, then rank."),
    "placement.ranked-since": _(
        "Somebody ranked them since you began, as stands below. Keep your ranking to put it in the place of that one."
    ),
    "placement.period-short": _("No period is as long as the stay of %(weeks)s weeks. Choose later last days."),
    "placement.not-open": _("This call takes no applications now."),
    "placement.wishes": _("Choose at least one place of this call, and each only once."),
    "placement.kept-long": _("Personal data are kept for three years after the stay at most. Choose an earlier day."),
    "placement.changed-since": _("Something changed since you looked. Look at the matching again, then confirm."),
    "placement.rule": _("A rule stands against this place: language, days, function, consent or own organisation."),
    "placement.full": _("The place is full. Call off another placement there first, or choose another place."),
    "placement.placed-already": _("This placement is confirmed. Call it off first, then choose another place."),
    "placement.not-begun": _("The stay has not begun. Report on it afterwards."),
    "placement.no-report": _("Write the report on the stay first."),
    # steps of an exchange
    "flow.stranger": _(
        "%(party)s takes no part in this exchange; only %(consumer)s and %(supplier)s can take a step in it."
    ),
    "flow.consumer-only": _(
        "This step belongs to %(consumer)s, who asked for the help. Enter it on their behalf if they told you so."
    ),
    "flow.supplier-only": _(
        "This step belongs to %(supplier)s, who sends the help. Enter it on their behalf if they told you so."
    ),
    "flow.status": _("This exchange is marked %(expected)s and the message %(found)s; the two are never mixed."),
    "flow.other-exchange": _("This message belongs to another exchange, which began with %(id)s."),
    "flow.begins-wrong": _("An exchange begins with a request, an unsolicited offer or the alert of own teams."),
    "flow.alert.text": _("Own teams are alerted without a text. Teams of another country are asked for by a request."),
    "flow.alert.answer": _("These teams were alerted, not asked for: confirm them, or decline with a reason."),
    "flow.oneself": _("%(consumer)s alerted its own teams here: there is nobody else to ask."),
    "flow.report.no-border": _("%(quantity)s × %(capability)s cross no border on their way. Report their arrival."),
    "flow.one-addressee": _("Say to which organisation this goes; it cannot be the one that sends it."),
    "flow.not-addressed": _("Address this to %(other)s, the other side of this exchange."),
    "flow.second-beginning": _("This exchange has begun already; begin a new one."),
    "flow.repeated": _("This step has been taken already; nothing more is needed."),
    "flow.same-id": _("The id %(id)s was used for another message before; send this one under a new id."),
    "flow.waits-for": _(
        "This follows on something that has not come yet (%(id)s). It is kept, and takes effect when that comes."
    ),
    "flow.no-subject": _("The message does not say which offer or teams it is about; name them."),
    "flow.no-line": _("The request has no line %(id)s; answer one of its own lines."),
    "flow.same-element": _("The id %(id)s names another offer or line already; give this offer an id of its own."),
    "flow.no-request": _("This exchange began with an offer, without a request."),
    "flow.acknowledged": _("%(supplier)s has confirmed already that it has this request; nothing more is needed."),
    "flow.nothing-to-close": _("Nothing was committed for this request, so it cannot be closed. Cancel it instead."),
    "flow.not-home": _(
        "%(count)s of the teams that were sent are not home yet. Close the request when all have returned."
    ),
    "flow.request.SENT": _("%(supplier)s has not confirmed yet that it has this request."),
    "flow.request.CLOSED": _("This request is closed. If help is needed again, %(consumer)s sends a new request."),
    "flow.request.CANCELLED": _(
        "%(consumer)s has cancelled this request. If help is still of use, offer it without a request."
    ),
    "flow.request.SUPERSEDED": _("%(consumer)s has replaced this request by a newer one. Go on with that one."),
    "flow.request.EXPIRED": _(
        "The time by which this help was needed has passed. If it is still of use, offer it without a request."
    ),
    "flow.same-offer": _(
        "The same help is offered for this line of %(quantity)s × %(capability)s already. "
        "To offer more, change the number or name the teams."
    ),
    "flow.declined": _("The line of %(quantity)s × %(capability)s is declined already; nothing more is needed."),
    "flow.decline-beside-offer": _(
        "Help stands offered for the line of %(quantity)s × %(capability)s. Withdraw it first, then decline the line."
    ),
    "flow.offer.DECLINED": _(
        "%(supplier)s has said that it cannot send %(quantity)s × %(capability)s. A new offer is needed first."
    ),
    "flow.offer.REJECTED": _(
        "%(consumer)s has refused the offer of %(quantity)s × %(capability)s. A new offer is needed first."
    ),
    "flow.offer.WITHDRAWN": _(
        "%(supplier)s has withdrawn the offer of %(quantity)s × %(capability)s. A new offer is needed first."
    ),
    "flow.offer.LAPSED": _(
        "The offer of %(quantity)s × %(capability)s has lapsed. %(supplier)s can offer it once more."
    ),
    "flow.revise.PROVISIONAL": _(
        "The offer of %(quantity)s × %(capability)s is provisional already. Confirm it, decline it or withdraw it."
    ),
    "flow.revise.OFFERED": _(
        "The offer of %(quantity)s × %(capability)s is firm already. To change it, withdraw it and offer again."
    ),
    "flow.revise.ACCEPTED": _(
        "The offer of %(quantity)s × %(capability)s was ordered already. Commit it, or say that you cannot."
    ),
    "flow.withdraw.COMMITTED": _(
        "The offer of %(quantity)s × %(capability)s was already committed; it can no longer be withdrawn. "
        "Ask for its return instead."
    ),
    "flow.withdraw.WITHDRAWN": _("The offer of %(quantity)s × %(capability)s is withdrawn already."),
    "flow.decide.PROVISIONAL": _(
        "The offer of %(quantity)s × %(capability)s is provisional. Wait until %(supplier)s confirms or declines it."
    ),
    "flow.reject.ACCEPTED": _(
        "The offer of %(quantity)s × %(capability)s was ordered already; it can no longer be refused. "
        "Ask %(supplier)s not to commit it, or cancel the request."
    ),
    "flow.reject.COMMITTED": _(
        "The offer of %(quantity)s × %(capability)s was already committed; it can no longer be refused. "
        "Release the teams instead."
    ),
    "flow.requisition.ACCEPTED": _(
        "The offer of %(quantity)s × %(capability)s is ordered already; %(supplier)s has still to commit it."
    ),
    "flow.requisition.COMMITTED": _(
        "The offer of %(quantity)s × %(capability)s is ordered and committed already; nothing more is needed."
    ),
    "flow.commit.early": _(
        "The offer of %(quantity)s × %(capability)s is not ordered yet. Wait for the order of %(consumer)s."
    ),
    "flow.commit.COMMITTED": _(
        "The offer of %(quantity)s × %(capability)s is committed already; nothing more is needed."
    ),
    "flow.more-than-offered": _(
        "%(ordered)s × %(capability)s are ordered but only %(quantity)s were offered. Order at most %(quantity)s."
    ),
    "flow.more-than-ordered": _(
        "%(committed)s × %(capability)s are committed but only %(quantity)s were ordered. "
        "Commit at most %(quantity)s, and offer the others anew."
    ),
    "flow.not-committed": _("The offer of %(quantity)s × %(capability)s is not committed yet; nothing is on its way."),
    "flow.report.COMMITTED": _("%(quantity)s × %(capability)s are committed already. Report what comes next."),
    "flow.report.MOBILISING": _("%(quantity)s × %(capability)s were reported as mobilising already."),
    "flow.report.EN_ROUTE": _("%(quantity)s × %(capability)s were reported as under way already."),
    "flow.report.AT_BORDER": _("%(quantity)s × %(capability)s were reported at the border already."),
    "flow.report.ARRIVED": _("%(quantity)s × %(capability)s were reported as arrived already."),
    "flow.report.OPERATIONAL": _("%(quantity)s × %(capability)s were reported at work already."),
    "flow.report.RETURNING": _("%(quantity)s × %(capability)s were reported on their way home already."),
    "flow.report.RETURNED": _("%(quantity)s × %(capability)s were reported home already."),
    "flow.report.SETTLED": _("The costs of %(quantity)s × %(capability)s are settled; nothing more can be reported."),
    "flow.report.early": _(
        "A step before this one was not reported yet for %(quantity)s × %(capability)s. "
        "Report mobilising, under way, arrived, at work in this order, and the way home after the release."
    ),
    "flow.report.late": _("%(quantity)s × %(capability)s are further on already. Report what comes next."),
    "flow.report.leaving": _("%(quantity)s × %(capability)s were let go already. Report only their way home."),
    "flow.report.released": _(
        "A report cannot release %(quantity)s × %(capability)s. %(consumer)s releases them, "
        "or %(supplier)s recalls them."
    ),
    "flow.extension_pending": _(
        "An extension for %(quantity)s × %(capability)s is asked for already. Wait for the answer of %(supplier)s."
    ),
    "flow.no-extension_pending": _(
        "No extension for %(quantity)s × %(capability)s waits for an answer, or it was answered already."
    ),
    "flow.extension.early": _("%(quantity)s × %(capability)s are not at work yet. Ask for an extension when they are."),
    "flow.extension.late": _("%(quantity)s × %(capability)s were let go already. Ask for help anew."),
    "flow.extension.moot": _("%(quantity)s × %(capability)s were let go already; no extension is needed."),
    "flow.return_pending": _(
        "The return of %(quantity)s × %(capability)s is asked for already. "
        "Wait for the answer of %(consumer)s, or recall them."
    ),
    "flow.no-return_pending": _(
        "No return of %(quantity)s × %(capability)s waits for an answer, or it was answered already."
    ),
    "flow.return.early": _("%(quantity)s × %(capability)s are not at work yet. Recall them if you need them at home."),
    "flow.return.late": _("%(quantity)s × %(capability)s were let go already."),
    "flow.recall.late": _("%(quantity)s × %(capability)s were recalled or let go already. Report their way home."),
    "flow.release.early": _(
        "%(quantity)s × %(capability)s are not at work yet, so they cannot be released. "
        "If they are no longer needed, ask %(supplier)s to recall them."
    ),
    "flow.release.late": _("%(quantity)s × %(capability)s were recalled or let go already."),
    "flow.home": _("%(quantity)s × %(capability)s are home; nothing more can be said of them here."),
    "flow.status-asked": _(
        "The whereabouts of %(quantity)s × %(capability)s are asked for already. Wait for the report."
    ),
    "flow.price-asked": _("This price is asked for already. Wait for the answer of %(supplier)s."),
    "flow.no-price-asked": _("No price is asked for here, or it was given already."),
    "flow.price.COMMITTED": _(
        "The offer of %(quantity)s × %(capability)s was already committed, on the terms of the order. "
        "Ask %(supplier)s by a question if a price is missing."
    ),
    "flow.answered": _("This question has been answered already."),
    "flow.own-question": _("You asked this yourself; the answer is for the other organisation to give."),
    # what goes with a step
    "alert.more-than-free": _(
        "%(asked)s teams of %(team)s cannot be alerted: %(free)s are free. The others are promised, out or reserved. "
        "Have the plan proposed again."
    ),
    "alert.none-free": _(
        "No team of %(team)s is free any more: they are promised, out or reserved. Have the plan proposed again."
    ),
    "alert.abroad": _("%(team)s is not of your own country; ask for it by a request."),
    "alert.nothing": _("There are no own teams to alert in this plan."),
    "duty.risk": _("Check first what you need at home yourself, and tick that you did."),
    "duty.end": _("Say until when the teams are asked to stay."),
    "duty.later-end": _("The new end is not after the one that was agreed; give a later one."),
    "duty.return-reason": _("Say why the teams are needed at home."),
    "flow.papers.no-border": _("%(quantity)s × %(capability)s cross no border; they need no papers for one."),
    "flow.mistake.nothing": _("That message had no effect here; there is nothing to withdraw."),
    "flow.mistake.again": _("This step was withdrawn already; nothing more is needed."),
    "flow.mistake.opening": _("What began an exchange is not withdrawn as a mistake. Cancel it instead."),
    "flow.mistake.kind": _("A step of this kind cannot be withdrawn as a mistake. Say what is so in a new message."),
    "flow.mistake.other": _("This step is one of %(who)s; only %(who)s can withdraw it."),
    "flow.mistake.late": _(
        "Something was built on this step since, so it stands. Withdraw what came later first, or talk to %(other)s."
    ),
    "flow.mistake.late.answer": _(
        "Something was built on this answer since, so it stands. Withdraw the offer, or decline when it is ordered."
    ),
    "flow.mistake.late.order": _(
        "%(other)s has answered this order, so it stands. Release the teams when they are at work, "
        "or ask %(other)s to recall them."
    ),
    "flow.mistake.late.commit": _(
        "Something was built on this commitment since, so it stands. Recall the teams instead."
    ),
    "flow.mistake.late.report": _(
        "Something was built on this report since, so it stands. Withdraw what came later first, "
        "or report what is so now."
    ),
    "flow.mistake.late.release": _("The teams are on their way home, so the release stands. Ask for them anew."),
    "duty.mistake-reason": _("Say why this was a mistake."),
    "duty.handover": _("Note gear, injuries and damage at the release, or that there are none."),
    # the site's commands
    "site.setting": _("A setting cannot be used: %(reason)s"),
    "site.database": _("The database cannot be reached: %(reason)s."),
    "site.no-data": _("There is no database in %(data)s. Name the directory where it lies with --data."),
    "site.not-migrated": _(
        "The tables are older than the program: %(count)s changes wait. Run “noaber manage migrate” first."
    ),
    "site.port": _("The port %(port)s cannot be used: %(reason)s. Choose another with --port."),
    "site.served": _("%(data)s is served already. Stop that server, or choose another directory with --data."),
    "site.clock": _("The exercise's clock cannot be read: %(reason)s."),
    "clock.actual": _("A node whose status is Actual has no other time than the real one."),
    # the demo
    "demo.not-empty": _(
        "This database holds accounts and no exercise. Choose an empty data directory with --data: "
        "an exercise is never mixed into what is real."
    ),
    "demo.not-loaded": _("The exercise is not here. Start it first with “noaber demo”, on the same data."),
    "demo.no-actor": _("There is no account “%(username)s” that acts for %(organisation)s."),
    "demo.no-request": _("The request %(request)s of the story has not been sent."),
    "demo.no-draft": _("The request %(request)s of the story has not been written."),
    "demo.time": _("“%(text)s” is no time; give one as 20:30 or as 2021-07-14T20:30+02:00."),
    # accounts from the command line
    "person.organisation": _("There is no organisation “%(code)s”; “noaber person organisations” lists them."),
    "person.username": _("There is an account “%(username)s” already."),
    "person.field": _("%(reason)s"),
    "person.password": _("The password will not do: %(reason)s"),
    "person.twice": _("The two passwords differ."),
    "person.no-keyboard": _("There is no keyboard to ask for a password; give it with --password-from-stdin."),
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
    "agreements.overreach": _("The text “%(id)s” is of the level “%(level)s”; a nearer one cannot replace it."),
    "agreements.circle": _("The text “%(id)s” leads back to itself; take out one of the relations."),
    # incidents
    "incident.not-owner": _("This incident belongs to another organisation, which alone changes it."),
    "incident.closed": _("This incident is closed. Reopen it first."),
    "incident.no-needs": _("Say first what this incident needs; there is nothing to plan for yet."),
    "incident.no-adjustment": _("Nothing was decided about %(unit)s here; the page may be older than the plan."),
    "incident.no-unit": _("The plan does not know the team %(unit)s. Have a plan proposed again, then decide."),
    "incident.no-near-miss": _(
        "%(unit)s cannot stand in here now: it cannot come, nobody knows how many it holds, or nothing is left to ask."
    ),
    "incident.note-empty": _("Write what happened; an empty line tells nothing."),
    "incident.note-long": _("A line of the log has at most %(most)s characters; this has %(count)s. Write two lines."),
    "incident.note-time": _("“%(text)s” is no time of day; write it as 18:42, or leave it out for now."),
    "incident.note-others": _("This line was written by another organisation, which alone strikes it."),
    "incident.note-struck": _("This line is struck already."),
    "incident.reason-missing": _("Say why, so that others can follow it later."),
    "incident.gap-gone": _("Nothing of this need is open any more; the page may be older than the answers."),
    "incident.overtaken": _("Someone else was changing this at the same moment. Look at it as it is now, then go on."),
    "incident.plan-outdated": _(
        "Since this plan was made, another was, requests were sent, or the needs have changed. Have it proposed again."
    ),
    "incident.not-closed": _("This incident is open already."),
    "incident.open-requests": _(
        "%(count)s requests of this incident are still open. Close them first, so that no help is forgotten."
    ),
    # road networks
    "extract.unknown": _("No extract is known by the name “%(name)s”; known are: %(known)s."),
    "mirror.address": _("“%(address)s” is no address of a mirror; expected https://… or http://…."),
    "mirror.not-there": _("The mirror answers %(status)s for %(url)s."),
    "mirror.silent": _("The mirror does not answer for %(url)s: %(reason)s."),
    "mirror.no-checksum": _("The mirror publishes no checksum for %(name)s that can be read."),
    "mirror.no-room": _("%(wanted)s are to be fetched, and only %(free)s are free on the disk."),
    "mirror.broken-off": _(
        "The mirror broke off %(name)s again and again (%(reason)s); give the command again, it goes on from there."
    ),
    "mirror.checksum": _(
        "What came as %(name)s does not have the checksum that the mirror publishes, and was removed; fetch it again."
    ),
    "network.not-osm": _("This is no complete OpenStreetMap extract: %(reason)s."),
    "network.no-roads": _("There is no road in it that cars may drive."),
    "network.no-part": _("No two nodes of its roads can be driven between in both directions."),
    "network.folder-taken": _("This folder holds something else; name a new one, or that of an older network."),
    "network.none": _("There is no road network in this folder; make one with “noaber network build”."),
    "network.other-version": _("This road network was built by another version; build it again."),
    "network.damaged": _("The file “%(file)s” of this road network is damaged; build the network again."),
    "network.foreign": _("This is no OpenStreetMap extract in the format .osm.pbf."),
    "network.cut-off": _("The file is cut off or damaged; fetch it again."),
    "network.no-memory": _("The memory of this machine is too small for these extracts; take fewer or smaller ones."),
    "network.no-space": _("The disk is full; make room, then build again."),
    "network.disk": _("The disk does not allow it: %(reason)s."),
    "network.ended": _("Building ended unexpectedly; the log of the server says more."),
    "network.not-started": _("Building could not be started: %(reason)s."),
    "network.far": _(
        "“%(id)s” is far from every road; it joins the network %(km)s km away, and its minutes count that way as a "
        "straight line."
    ),
    "network.left-out": _(
        "None of its roads is in the network: no road leads from the largest part of all extracts there and back."
    ),
    "network.closes-nothing": _("This closure touches no road of the network."),
    "network.closures-alone": _("Closures change nothing without a road network; name one with --network."),
    "network.vehicle-alone": _("The estimate is the same for every vehicle; name a road network with --network."),
    # a cluster that computes
    "cluster.no-package": _("A cluster needs the package “distributed”: install noaber[cluster]."),
    "cluster.unreachable": _("No Dask scheduler answers at %(address)s: %(reason)s."),
    "cluster.no-workers": _("The Dask scheduler at %(address)s has no workers; start some."),
    "cluster.failed": _("The Dask cluster at %(address)s did not answer the question: %(reason)s."),
    "cluster.other-network": _(
        "A worker has another road network in this folder, built %(here)s instead of %(there)s; copy the network to it."
    ),
    # building a road network on its page
    "build.runs": _("A network is being built already. Wait until it is done, or cancel it."),
    "build.over": _("This building has ended already."),
    "build.no-extract": _("Choose at least one extract to build from."),
    "extract.gone": _("“%(name)s” is no longer in the folder of extracts; reload the page."),
    "extract.name": _("“%(name)s” is no name of an extract: letters, digits, “.”, “-” or “_” and then “.osm.pbf”."),
    "extract.read": _("“%(name)s” is being read for a new network. Come back when that is done."),
    "extract.no-file": _("Choose a file to upload."),
    # closures of roads
    "road.name-form": _("Write the number of the road, a comma and two places on it: “E25, Liège - Maastricht”."),
    "road.unknown": _("No main road here is called %(road)s. Draw on the map what is closed."),
    "road.no-junction": _("%(name)s is no junction of the %(road)s that is known here. It has: %(known)s."),
    "road.no-way": _("The %(road)s does not lead from %(start)s to %(end)s without a gap. Name its parts one by one."),
    "closure.no-shape": _("There is no point, line or area in it."),
    "closure.too-many": _("It holds %(count)s closures; at most %(most)s can be taken in at once."),
    "closure.file-large": _("It is larger than %(most)s MB. Divide it, or draw what is closed more coarsely."),
    "closure.off-map": _(
        "It lies off the map, which reaches from %(west)s to %(east)s degrees east and %(south)s to %(north)s north; "
        "GeoJSON says the longitude first."
    ),
    "closure.ends-first": _("The end of the closure lies before its beginning."),
    "closure.not-owner": _("This closure belongs to another organisation, which alone opens the road again."),
    "closure.over": _("This road is open again already."),
    # boundaries
    "boundary.feature": _("Feature %(number)s: expected %(expected)s, found %(found)s."),
    "boundary.no-code": _("No property tells the features apart; name one with --code-property. There are: %(found)s."),
    "boundary.no-property": _("No feature has a property “%(name)s”. There are: %(found)s."),
    "boundary.twice": _("Feature %(number)s has the code “%(code)s”, as feature %(first)s has; codes are unique."),
    "boundary.twice-file": _("The code “%(code)s” stands in %(file)s already; codes are unique in a set."),
    "boundary.no-area": _("Feature %(number)s (%(code)s) has no area; expected a polygon that encloses one."),
    "boundary.mended": _("Feature %(number)s (%(code)s) was mended: %(reason)s."),
    "boundary.elsewhere": _(
        "None of it lies on the map, from %(west)s to %(east)s degrees east and %(south)s to %(north)s north; "
        "GeoJSON says the longitude first, in WGS 84."
    ),
    "boundary.turned": _(
        "Feature %(number)s (%(code)s) lies on the map only with longitude and latitude exchanged; GeoJSON says the "
        "longitude first."
    ),
    "boundary.off-map": _(
        "Feature %(number)s (%(code)s) lies off the map, from %(west)s to %(east)s degrees east and %(south)s to "
        "%(north)s north: it is kept, and shown nowhere."
    ),
    "boundary.other-country": _(
        "%(count)s of %(total)s areas on the map lie in %(found)s, not in %(country)s; see whether --country is right."
    ),
    "boundary.held": _(
        "There are boundaries of kind %(kind)s for %(country)s already; --replace puts these in their place."
    ),
    "boundary.none": _("There are no boundaries of kind %(kind)s for %(country)s."),
    # planning
    "planning.no-road": _(
        "Driving times on the road network “%(network)s” are not at hand here; use the travel model “estimate” or "
        "“matrix”."
    ),
    "planning.pin-forbidden": _(
        "“%(unit)s” cannot be pinned to this need: it has no team left, or no text, way or time to come."
    ),
    "planning.pin-unit": _("%(pinned)s teams of “%(unit)s” are pinned, but only %(allowed)s are available."),
    "planning.pin-need": _("%(pinned)s teams are pinned to the need “%(need)s”, which asks for %(allowed)s."),
    "planning.pin-cover": _(
        "%(pinned)s teams of “%(owner)s” with “%(capability)s” are pinned, but home cover lets %(allowed)s leave."
    ),
    "planning.combinations": _(
        "That makes %(count)s combinations; at most %(most)s can be tried. Choose fewer incidents."
    ),
    "planning.simultaneous": _("Expected a number of simultaneous incidents from 1 to %(incidents)s, found %(found)s."),
    # exchange: the journal, and who may send what
    "journal.key-missing": _(
        "The private key of %(organisation)s is not at %(file)s. Put it back from its backup, or give the organisation "
        "a new key with “noaber journal keys --rotate”."
    ),
    "journal.own-key": _("%(organisation)s is served here and signs with a key made here; use --rotate for a new one."),
    "journal.bad-key": _("“%(key)s” is not an Ed25519 public key of 64 hexadecimal digits."),
    "journal.thread-open": _("This exchange is still running; its messages can be erased when it is finished."),
    "journal.nothing-held": _("The journal of %(organisation)s holds no payload of this exchange."),
    "exchange.other-sender": _("Only %(sender)s itself can send this message."),
    "exchange.behalf-unsaid": _(
        "What you enter for %(organisation)s needs the channel over which it was said, the time, and who said it."
    ),
    "exchange.unknown-organisation": _("There is no organisation “%(organisation)s” here."),
    "exchange.id-too-long": _("The id is longer than %(limit)s characters."),
    "exchange.not-ours": _("No organisation that is served here sends or receives this message."),
    # promises: what is offered against what is asked, there, kept and in time
    "promise.no-number": _("%(team)s: enter how many teams, at least 1."),
    "promise.more-than-there": _(
        "%(team)s: you offer %(offered)s. There are %(there)s, so %(most)s can go at most: offer no more than that."
    ),
    "promise.promised-elsewhere": _(
        "%(team)s: you offer %(offered)s. Of %(there)s there, %(promised)s are out or promised already, "
        "so %(most)s can go at most."
    ),
    "promise.risk-not-seen": _("Check first what you need at home yourself, and tick that you did."),
    "promise.more-than-asked": _(
        "%(team)s: you offer %(offered)s where %(missing)s are asked for. Offer %(missing)s, or say why more."
    ),
    "promise.kept-at-home": _(
        "%(team)s: %(owner)s keeps %(kept)s of its %(free)s free teams (%(capability)s) at home, "
        "so %(most)s may go. Offer no more, or say why they go all the same."
    ),
    "promise.own-incident": _(
        "%(team)s: %(owner)s is hit itself and keeps its teams at home. Offer none, or say why they go all the same."
    ),
    "promise.reserved": _(
        "%(team)s: %(reserved)s of %(there)s are reserved, so %(most)s may go. Offer no more, or say why more."
    ),
    "promise.not-able": _("%(team)s is not recorded with “%(capability)s”. Offer another team, or say why this one."),
    "promise.of-no-use": _(
        "%(team)s would arrive %(minutes)s minutes after the help is of no use. Offer another, or say why it comes."
    ),
    "promise.late": _("%(team)s arrives %(minutes)s minutes after it is needed. Tick that it comes all the same."),
    "order.late": _("%(team)s arrives %(minutes)s minutes after it is needed. Tick that you take it all the same."),
    "order.of-no-use": _(
        "%(team)s would arrive %(minutes)s minutes after the help is of no use. Tick that you take it all the same."
    ),
    # exchange: drafts and requests
    "draft.no-signer": _("Enter who signed off."),
    "draft.signed-ahead": _("The time of the sign-off lies ahead; enter when it was said."),
    "draft.not-signed": _("The request waits for its sign-off; it can be sent after that."),
    "draft.signed": _("The request was signed off already, by %(by)s."),
    "draft.none-chosen": _("Tick at least one request."),
    "draft.changed-since": _("It was changed after you opened this page. It stands here as it is now: read it again."),
    "draft.sent": _("This draft was sent already; change the request itself."),
    "draft.discarded": _("This draft was discarded."),
    "draft.own-supplier": _("A request goes to another organisation, not to your own."),
    "draft.capability": _("There is no capability “%(code)s” in the vocabulary."),
    "draft.no-lines": _("Enter at least one line: what is needed, and how many teams."),
    "draft.no-place": _("Enter the territory in which the help is needed."),
    "draft.no-reception-point": _("Enter the reception point: where the teams report on arrival."),
    "draft.no-agreement": _("Choose the text that the request stands on."),
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
    "deadline.of-need": _("This deadline is that of a need of the incident: move it there, with a reason."),
    "deadline.not-moved": _("The deadline stays where it was."),
    "draft.no-time": _("Enter by when the teams are needed."),
    "request.step-gone": _("This step is not possible any more; somebody has acted meanwhile. Look at the messages."),
    "request.no-answer": _("Answer at least one line."),
    "request.no-teams": _("Say how many teams you offer."),
    "request.no-order": _("Choose at least one offer."),
    "request.no-words": _("Write a few words; this cannot be left empty."),
}
