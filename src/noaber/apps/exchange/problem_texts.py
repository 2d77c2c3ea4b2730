"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    # alerting own teams
    "alert.abroad": _("%(team)s is not of your own country; ask for it by a request."),
    # the journal, and who may send what
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
    # drafts and requests
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
    "deadline.of-need": _("This deadline is that of a need of the incident: move it there, with a reason."),
    "draft.no-time": _("Enter by when the teams are needed."),
    "request.step-gone": _("This step is not possible any more; somebody has acted meanwhile. Look at the messages."),
    "request.no-answer": _("Answer at least one line."),
    "request.no-teams": _("Say how many teams you offer."),
    "request.no-order": _("Choose at least one offer."),
}
