"""What states, steps, effects and waits are called on pages, and how they are marked: the word first, then the sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.core.messages.model import Channel, ContactRole, DeploymentStatus, MessageType, ResponseType
from noaber.core.messages.papers import Paper
from noaber.core.messages.states import DeploymentState, OfferState, RequestState
from noaber.core.messages.thread import EffectCode as E
from noaber.core.messages.thread import WaitCode as W

Text = str | Promise


@dataclass(frozen=True)
class Label:
    """A word with its sign and its tone (`ok`, `warn`, `bad`, `info` or nothing)."""

    text: Text
    tone: str = ""
    icon: str = ""

    @property
    def css(self) -> str:
        return f"tag tag--{self.tone}" if self.tone else "tag"


REQUEST_STATES: Final[dict[RequestState, Label]] = {
    RequestState.DRAFT: Label(_("draft")),
    RequestState.AUTHORISED: Label(_("signed off"), "info"),
    RequestState.SENT: Label(_("sent"), "warn", "clock"),
    RequestState.ACKNOWLEDGED: Label(_("acknowledged"), "info", "yes"),
    RequestState.PARTLY_COVERED: Label(_("partly covered"), "warn", "part"),
    RequestState.COVERED: Label(_("covered"), "ok", "yes"),
    RequestState.CLOSED: Label(_("closed")),
    RequestState.CANCELLED: Label(_("cancelled"), "", "no"),
    RequestState.EXPIRED: Label(_("expired"), "", "clock"),
    RequestState.SUPERSEDED: Label(_("replaced"), "", "undo"),
}

ALERT_STATES: Final[dict[RequestState, Label]] = {
    RequestState.SENT: Label(_("alerted"), "warn", "clock"),
    RequestState.ACKNOWLEDGED: Label(_("not confirmed"), "bad", "no"),
    RequestState.PARTLY_COVERED: Label(_("partly confirmed"), "warn", "part"),
    RequestState.COVERED: Label(_("confirmed"), "ok", "yes"),
}
"""Where the alert of own teams is called otherwise than a request to others."""

ALERTED: Final = Label(_("alerted"), "info", "clock")
"""An order of own teams that is not confirmed yet."""


def request_label(state: RequestState, *, is_alert: bool) -> Label:
    return ALERT_STATES.get(state, REQUEST_STATES[state]) if is_alert else REQUEST_STATES[state]


def offer_label(state: OfferState, *, is_alert: bool) -> Label:
    return ALERTED if is_alert and state is OfferState.ACCEPTED else OFFER_STATES[state]


OFFER_STATES: Final[dict[OfferState, Label]] = {
    OfferState.DRAFT: Label(_("draft")),
    OfferState.PROVISIONAL: Label(_("provisional"), "warn", "part"),
    OfferState.OFFERED: Label(_("offered"), "info", "yes"),
    OfferState.ACCEPTED: Label(_("ordered"), "info", "clock"),
    OfferState.COMMITTED: Label(_("committed"), "ok", "yes"),
    OfferState.DECLINED: Label(_("declined"), "bad", "no"),
    OfferState.REJECTED: Label(_("not taken"), "", "no"),
    OfferState.WITHDRAWN: Label(_("withdrawn"), "", "undo"),
    OfferState.LAPSED: Label(_("lapsed"), "", "clock"),
}

DEPLOYMENT_STATES: Final[dict[DeploymentState, Label]] = {
    DeploymentState.COMMITTED: Label(_("committed"), "info"),
    DeploymentState.MOBILISING: Label(_("mobilising"), "info"),
    DeploymentState.EN_ROUTE: Label(_("en route"), "info", "vehicle"),
    DeploymentState.AT_BORDER: Label(_("at the border"), "info", "border"),
    DeploymentState.ARRIVED: Label(_("arrived"), "info", "place"),
    DeploymentState.OPERATIONAL: Label(_("at work"), "ok", "yes"),
    DeploymentState.RECALLED: Label(_("recalled"), "warn", "undo"),
    DeploymentState.RELEASED: Label(_("released"), "", "yes"),
    DeploymentState.RETURNING: Label(_("returning"), "", "vehicle"),
    DeploymentState.RETURNED: Label(_("home"), "", "yes"),
    DeploymentState.SETTLED: Label(_("settled")),
}

TRACK: Final = (
    DeploymentState.COMMITTED,
    DeploymentState.MOBILISING,
    DeploymentState.EN_ROUTE,
    DeploymentState.AT_BORDER,
    DeploymentState.ARRIVED,
    DeploymentState.OPERATIONAL,
    DeploymentState.RELEASED,
    DeploymentState.RETURNING,
    DeploymentState.RETURNED,
)
"""The states of a deployment as a track of dots; a recalled one stands where a released one would."""

ANSWERS: Final[dict[ResponseType, Label]] = {
    ResponseType.ACCEPT: Label(pgettext_lazy("answer", "Offer"), "ok", "yes"),
    ResponseType.PROVISIONAL: Label(pgettext_lazy("answer", "Provisional"), "warn", "part"),
    ResponseType.DECLINE: Label(pgettext_lazy("answer", "Decline"), "bad", "no"),
}

LINE_ANSWERS: Final[dict[str, Label]] = {
    **{answer.value: label for answer, label in ANSWERS.items()},
    "": Label(pgettext_lazy("answer", "Later")),
}
"""What may be answered to a line now: also nothing yet."""

COMMITMENTS: Final[dict[ResponseType, Label]] = {
    ResponseType.ACCEPT: Label(_("Commit"), "ok", "yes"),
    ResponseType.PROVISIONAL: Label(_("Not sure yet"), "warn", "part"),
    ResponseType.DECLINE: Label(_("Cannot"), "bad", "no"),
}

CONSENTS: Final[dict[ResponseType, Label]] = {
    ResponseType.ACCEPT: Label(_("Agree"), "ok", "yes"),
    ResponseType.PROVISIONAL: Label(_("Not sure yet"), "warn", "part"),
    ResponseType.DECLINE: Label(_("Do not agree"), "bad", "no"),
}

PAPERS: Final[dict[Paper, Text]] = {
    Paper.KIND_OF_HELP: _("kind of help"),
    Paper.KIND_OF_UNIT: _("kind of unit"),
    Paper.HEAD_COUNT: _("people"),
    Paper.LEADER: _("leader"),
    Paper.VEHICLES: _("plates"),
}
"""What can be missing of the papers for the border."""

CHANNELS: Final[dict[Channel, Text]] = {
    Channel.NOABER: _("in Noaber"),
    Channel.PHONE: _("by phone"),
    Channel.MAIL: _("by mail"),
    Channel.PAPER: _("on paper"),
    Channel.CECIS: "CECIS",
    Channel.LCMS: "LCMS",
    Channel.PARAGON: "Paragon",
}

CONTACT_ROLES: Final[dict[ContactRole, Text]] = {
    ContactRole.SENDER: _("sent it"),
    ContactRole.REQUESTER: _("speaks for those who ask"),
    ContactRole.SUBJECT_MATTER_EXPERT: _("knows the subject"),
    ContactRole.APPROVER: _("signed it off"),
    ContactRole.RESPONDING_ORG: _("speaks for those who help"),
    ContactRole.OWNER: _("speaks for the owner"),
}

REPORTS: Final[dict[DeploymentStatus, Text]] = {
    DeploymentStatus.MOBILISING: _("Report: mobilising"),
    DeploymentStatus.EN_ROUTE: _("Report: en route"),
    DeploymentStatus.AT_BORDER: _("Report: at the border"),
    DeploymentStatus.ARRIVED: _("Report: arrived"),
    DeploymentStatus.OPERATIONAL: _("Report: at work"),
    DeploymentStatus.RETURNING: _("Report: returning"),
    DeploymentStatus.RETURNED: _("Report: home"),
}

EFFECTS: Final[dict[E, Text]] = {
    E.REQUEST_SENT: _("%(who)s asks for help: %(lines)s"),
    E.REQUEST_ACKNOWLEDGED: _("%(who)s acknowledges the request"),
    E.REQUEST_PARTLY_COVERED: _("The request is partly covered."),
    E.REQUEST_COVERED: _("The request is covered."),
    E.REQUEST_CLOSED: _("%(who)s closes the request"),
    E.REQUEST_CANCELLED: _("%(who)s cancels the request"),
    E.REQUEST_SUPERSEDED: _("%(who)s replaces the request by another"),
    E.LINE_DECLINED: _("%(who)s declines: %(what)s"),
    E.OFFER_PROVISIONAL: _("%(who)s offers provisionally: %(what)s"),
    E.OFFER_MADE: _("%(who)s offers: %(what)s"),
    E.OFFER_UNSOLICITED: _("%(who)s offers unasked: %(what)s"),
    E.OFFER_CONFIRMED: _("%(who)s confirms the offer: %(what)s"),
    E.OFFER_DECLINED: _("%(who)s takes the provisional offer back: %(what)s"),
    E.OFFER_WITHDRAWN: _("%(who)s withdraws the offer: %(what)s"),
    E.OFFER_REJECTED: _("%(who)s does not take the offer: %(what)s"),
    E.OFFER_ORDERED: _("%(who)s orders: %(what)s"),
    E.OFFER_LAPSED: _("The offer lapses: %(what)s"),
    E.COMMITTED: _("%(who)s commits: %(what)s"),
    E.COMMIT_DECLINED: _("%(who)s cannot commit: %(what)s"),
    E.COMMIT_UNSURE: _("%(who)s is not sure yet of: %(what)s"),
    E.MOBILISING: _("%(who)s reports mobilising: %(what)s"),
    E.EN_ROUTE: _("%(who)s reports en route: %(what)s"),
    E.AT_BORDER: _("%(who)s reports at the border: %(what)s"),
    E.ARRIVED: _("%(who)s reports arrived: %(what)s"),
    E.OPERATIONAL: _("%(who)s reports at work: %(what)s"),
    E.EXTENSION_ASKED: _("%(who)s asks to keep longer: %(what)s"),
    E.EXTENSION_GRANTED: _("%(who)s agrees to the extension: %(what)s"),
    E.EXTENSION_REFUSED: _("%(who)s does not agree to the extension: %(what)s"),
    E.EXTENSION_UNSURE: _("%(who)s is not sure yet of the extension: %(what)s"),
    E.RETURN_ASKED: _("%(who)s asks back: %(what)s"),
    E.RETURN_GRANTED: _("%(who)s lets go at the owner’s wish: %(what)s"),
    E.RETURN_REFUSED: _("%(who)s cannot let go yet: %(what)s"),
    E.RETURN_UNSURE: _("%(who)s is not sure yet when it can let go: %(what)s"),
    E.RECALLED: _("%(who)s recalls: %(what)s"),
    E.RELEASED: _("%(who)s releases: %(what)s"),
    E.RETURNING: _("%(who)s reports on the way home: %(what)s"),
    E.RETURNED: _("%(who)s reports home: %(what)s"),
    E.NOTED: _("%(who)s reports on: %(what)s"),
    E.STATUS_ASKED: _("%(who)s asks where they are: %(what)s"),
    E.INFORMATION_ASKED: _("%(who)s asks"),
    E.INFORMATION_GIVEN: _("%(who)s answers"),
    E.QUOTE_ASKED: _("%(who)s asks for a price"),
    E.ALERTED: _("%(who)s alerts: %(what)s"),
    E.PAPERS_GIVEN: _("%(who)s completes the papers of: %(what)s"),
    E.STEP_WITHDRAWN: _("%(who)s withdraws what was entered by mistake: %(what)s"),
    E.QUOTE_GIVEN: _("%(who)s gives a price: %(what)s"),
}
"""What a message did, in a sentence that names who did it."""

SILENT_EFFECTS: Final = frozenset({E.REQUEST_PARTLY_COVERED, E.REQUEST_COVERED, E.OFFER_LAPSED})
"""What follows from other effects of the same message: shown in the states, not told again."""

WAITS: Final[dict[W, Text]] = {
    W.ACKNOWLEDGE: _("Acknowledge: %(what)s"),
    W.ANSWER_LINE: _("Answer: %(what)s"),
    W.CONFIRM_OFFER: _("Confirm or withdraw: %(what)s"),
    W.DECIDE_OFFER: _("Decide on the offer: %(what)s"),
    W.COMMIT: _("Commit: %(what)s"),
    W.CONFIRM_ALERT: _("Confirm the alert: %(what)s"),
    W.GIVE_PAPERS: _("Complete the papers for the border: %(what)s"),
    W.DEPART: _("Send off: %(what)s"),
    W.ARRIVE: _("Report the arrival: %(what)s"),
    W.SET_TO_WORK: _("Set to work: %(what)s"),
    W.RELEASE: _("Release when done: %(what)s"),
    W.RETURN: _("Bring home: %(what)s"),
    W.ANSWER_EXTENSION: _("Answer the extension: %(what)s"),
    W.ANSWER_RETURN: _("Answer the return: %(what)s"),
    W.GIVE_STATUS: _("Say where they are: %(what)s"),
    W.GIVE_INFORMATION: _("Answer the question"),
    W.GIVE_QUOTE: _("Give a price"),
    W.CLOSE_REQUEST: _("Close the request: everyone is home"),
}
"""What is to be done, as a task."""

CALM_WAITS: Final = frozenset({W.RELEASE, W.DEPART, W.ARRIVE, W.RETURN, W.CLOSE_REQUEST})
"""What runs its course: shown as running, not counted as waiting for a decision."""

COST_RULES: Final[dict[str, Label]] = {
    "free": Label(_("Free of charge, as a rule."), "ok", "yes"),
    "reimbursed": Label(_("The asking side reimburses."), "warn", "warn"),
    "partly": Label(_("The costs are borne in part; the text says which."), "warn", "warn"),
    "by-arrangement": Label(_("By arrangement, case by case."), "warn", "warn"),
    "unknown": Label(_("Who pays is not established."), "warn", "warn"),
    "none": Label(_("The text sets no rule on who pays."), "warn", "warn"),
    "own-means": Label(_("Own means: the rules of the country on costs apply."), "", "info"),
    "home": Label(_("Help inside one country: its own rules on costs apply."), "", "info"),
}

MESSAGE_NAMES: Final[dict[MessageType, Text]] = {
    MessageType.REQUEST_RESOURCE: _("request"),
    MessageType.RESPONSE_TO_REQUEST_RESOURCE: _("answer to a request"),
    MessageType.REQUISITION_RESOURCE: _("requisition"),
    MessageType.COMMIT_RESOURCE: _("commitment"),
    MessageType.REQUEST_INFORMATION: _("question"),
    MessageType.RESPONSE_TO_REQUEST_INFORMATION: _("answer to a question"),
    MessageType.OFFER_UNSOLICITED_RESOURCE: _("unsolicited offer"),
    MessageType.RELEASE_RESOURCE: _("release"),
    MessageType.REQUEST_RETURN: _("return asked, or recall"),
    MessageType.RESPONSE_TO_REQUEST_RETURN: _("answer to a return"),
    MessageType.REQUEST_QUOTE: _("price asked"),
    MessageType.RESPONSE_TO_REQUEST_QUOTE: _("price given"),
    MessageType.REQUEST_RESOURCE_DEPLOYMENT_STATUS: _("report asked"),
    MessageType.REPORT_RESOURCE_DEPLOYMENT_STATUS: _("report"),
    MessageType.REQUEST_EXTENDED_DEPLOYMENT_DURATION: _("extension asked"),
    MessageType.RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION: _("answer to an extension"),
    MessageType.ACKNOWLEDGEMENT: _("acknowledgement"),
    MessageType.OFFER_REJECTION: _("offer not taken"),
    MessageType.REQUEST_CLOSURE: _("closure"),
}

QUARANTINE_REASONS: Final[dict[str, Text]] = {
    "other-content": _("The same id came before with other content."),
    "unknown-key": _("It is signed with a key that is not its sender’s, or not signed."),
    "retired-key": _("It is signed with a key that its sender no longer used."),
    "bad-signature": _("The signature does not hold."),
    "broken-rule": _("It breaks a rule of its type, or names what is not known here."),
}


def known_message_name(code: str) -> Text:
    """The name of a message type; the code for one that is not known."""
    try:
        return MESSAGE_NAMES[MessageType(code)]
    except ValueError:
        return code


def cost_label(code: str) -> Label:
    return COST_RULES.get(code, COST_RULES["unknown"])


def track_of(*, is_alert: bool) -> tuple[DeploymentState, ...]:
    """The states of the track; own teams cross no border."""
    return tuple(state for state in TRACK if not (is_alert and state is DeploymentState.AT_BORDER))


def track_position(state: DeploymentState, *, is_alert: bool = False) -> int:
    """Where on the track a state stands."""
    shown = {DeploymentState.RECALLED: DeploymentState.RELEASED, DeploymentState.SETTLED: DeploymentState.RETURNED}
    return track_of(is_alert=is_alert).index(shown.get(state, state))


def missing_papers(papers: Iterable[str]) -> str:
    """What is missing of the papers, as one phrase: plates, leader."""
    return ", ".join(str(PAPERS[Paper(paper)]) for paper in papers)
