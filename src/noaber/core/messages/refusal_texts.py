"""The English sentences that say why a step of an exchange is refused, by code."""

from __future__ import annotations

from noaber.core.translatable import _

REFUSAL_TEXTS = {
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
}
