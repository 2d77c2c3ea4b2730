"""What the journal's messages amount to, as rows for lists and counts: dropped and derived anew at any time.

Keys are those of the messages, so a rebuilt table is the same table. States are as the messages leave them; what
only time does (a request expires, an offer lapses) is asked of the row at the moment of reading.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models.journal import ID_LENGTH, JournalEntry
from noaber.apps.exchange.models.named_teams import NamedTeam
from noaber.core.journal import EntryKind
from noaber.core.messages.states import (
    ACTIVE_DEPLOYMENTS,
    HOME_DEPLOYMENTS,
    OPEN_REQUESTS,
    DeploymentState,
    OfferState,
    RequestState,
)
from noaber.core.messages.thread import WaitCode
from noaber.core.problems import NotFound

SETTLED_TOGETHER = frozenset(
    {
        WaitCode.ANSWER_LINE,
        WaitCode.CONFIRM_OFFER,
        WaitCode.DECIDE_OFFER,
        WaitCode.COMMIT,
        WaitCode.CONFIRM_ALERT,
    }
)
_PLAIN_ID = re.compile(r"[A-Za-z0-9._-]+")


def slug_of(message_id: str) -> str:
    """The id as it stands in an address: itself where it can, else a digest of it."""
    if _PLAIN_ID.fullmatch(message_id):
        return message_id
    return "~" + hashlib.sha256(message_id.encode()).hexdigest()[:32]


Row = TypeVar("Row", bound="ThreadRow")


class ThreadQuerySet(models.QuerySet[Row]):
    def taking_part(self, organisation: Organisation) -> Self:
        """Where `organisation` may act: it asked, or it was asked, and has not erased its copy."""
        return self._kept_by(organisation, _is_party(organisation))

    def visible_to(self, organisation: Organisation) -> Self:
        """What `organisation` may see: it takes part, or it owns or releases a team that the row is about."""
        return self._kept_by(organisation, _is_party(organisation) | self.model.about_teams_of(organisation))

    def _kept_by(self, organisation: Organisation, rule: Q) -> Self:
        erased = JournalEntry.objects.filter(organisation=organisation, kind=EntryKind.ERASED).values("thread_id")
        return self.filter(rule).exclude(thread_id__in=erased)

    def get_visible(self, organisation: Organisation, **lookup: object) -> Row:
        """The row, or `NotFound`: that it exists is not told either."""
        found = self.visible_to(organisation).filter(**lookup).first()
        if found is None:
            raise NotFound
        return found


def _is_party(organisation: Organisation) -> Q:
    return Q(consumer=organisation) | Q(supplier=organisation)


class ThreadRow(models.Model):
    """What every projected row says of its exchange."""

    thread_id = models.CharField(max_length=ID_LENGTH, db_index=True)
    consumer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("asks"))
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("helps"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    tlp = models.CharField("TLP", max_length=12, choices=TlpLabel.choices)
    case_id = models.CharField(_("case"), max_length=ID_LENGTH, db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def about_teams_of(cls, organisation: Organisation) -> Q:
        """The rows that the law lets the owner of a team read, and who releases it; none, unless a table says which."""
        return Q(pk__in=())

    def is_read_by_law(self, organisation: Organisation) -> bool:
        """Whether `organisation` takes no part, and sees it for its teams: it reads and does not act."""
        return organisation.pk not in (self.consumer_id, self.supplier_id)

    def other_than(self, organisation: Organisation) -> Organisation:
        """The other party, as `organisation` sees it; who asks, where it takes no part."""
        return self.supplier if self.consumer_id == organisation.pk else self.consumer


class Request(ThreadRow):
    """One request to one supplier. The key is the id of the message that asked."""

    message_id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    slug = models.CharField(max_length=ID_LENGTH, unique=True)
    agreement = models.CharField(_("text"), max_length=ID_LENGTH)
    state = models.CharField(_("state"), max_length=16)
    sent_at = models.DateTimeField(_("sent"))
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)
    due_at = models.DateTimeField(_("answer due"), null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    superseded_by = models.CharField(max_length=ID_LENGTH)
    is_alert = models.BooleanField(default=False)
    """Own teams, alerted: no text, no border."""
    updated_at = models.DateTimeField()
    """When the latest message was sent that changed something."""

    objects: ClassVar[ThreadQuerySet[Request]] = ThreadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-sent_at", "message_id")
        indexes = (
            models.Index(fields=("consumer", "status", "-sent_at"), name="requests_by_consumer"),
            models.Index(fields=("supplier", "status", "-sent_at"), name="requests_by_supplier"),
        )

    def __str__(self) -> str:
        return self.message_id

    def get_absolute_url(self) -> str:
        return reverse("request", args=[self.slug])

    @classmethod
    def about_teams_of(cls, organisation: Organisation) -> Q:
        return Q(thread_id__in=NamedTeam.objects.of(organisation).values("thread_id"))

    def state_at(self, now: datetime.datetime) -> RequestState:
        """The state, with what time alone has done."""
        state = RequestState(self.state)
        runs_out = state in OPEN_REQUESTS and state is not RequestState.COVERED
        if runs_out and self.expires_at is not None and self.expires_at < now:
            return RequestState.EXPIRED
        return state

    @property
    def is_open(self) -> bool:
        """Not closed, cancelled or superseded: it still has to be looked after, even if it has run out."""
        return self.state in OPEN_REQUESTS


class RequestLineQuerySet(models.QuerySet["RequestLine"]):
    def visible_to(self, organisation: Organisation) -> Self:
        """Lines of requests that it takes part in, and those that ask for a team of its own or were offered one."""
        party = Q(request__consumer=organisation) | Q(request__supplier=organisation)
        return self.filter(party | Q(pk__in=NamedTeam.objects.of(organisation).values("line_id")))


class RequestLine(models.Model):
    """One line of a request, with what has come of it. Quantities are teams."""

    element_id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    request = models.ForeignKey(Request, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    capability = models.CharField(max_length=60, db_index=True)
    quantity = models.PositiveIntegerField()
    priority = models.PositiveSmallIntegerField(null=True)
    needed_at = models.DateTimeField(null=True)
    latest_at = models.DateTimeField(null=True)
    need_id = models.CharField(max_length=ID_LENGTH)
    provisional = models.PositiveIntegerField()
    offered = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    committed = models.PositiveIntegerField()
    is_declined = models.BooleanField()
    is_answered = models.BooleanField()

    objects: ClassVar[RequestLineQuerySet] = RequestLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("request", "position")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.capability}"


class Offer(ThreadRow):
    """One answer to one line; `line_id` is empty for an offer that nobody asked for."""

    offer_id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    line_id = models.CharField(max_length=ID_LENGTH, db_index=True)
    state = models.CharField(max_length=16)
    capability = models.CharField(max_length=60)
    quantity = models.PositiveIntegerField()
    accepted_quantity = models.PositiveIntegerField()
    team_id = models.CharField(max_length=300)
    team_name = models.CharField(max_length=300)
    owner = models.CharField(max_length=300)
    home_unit = models.CharField(max_length=300)
    offered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    estimated_arrival_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=300)
    reason_text = models.CharField(max_length=300, default="")
    reason_language = models.CharField(max_length=35, default="")

    objects: ClassVar[ThreadQuerySet[Offer]] = ThreadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("offered_at", "offer_id")
        indexes = (models.Index(fields=("status", "owner", "team_id"), name="offers_by_team"),)

    def __str__(self) -> str:
        return self.offer_id

    @classmethod
    def about_teams_of(cls, organisation: Organisation) -> Q:
        return Q(pk__in=NamedTeam.objects.of(organisation).values("offer_id"))

    def state_at(self, now: datetime.datetime) -> OfferState:
        """The state, with what time alone has done."""
        state = OfferState(self.state)
        if state is OfferState.OFFERED and self.valid_until is not None and self.valid_until < now:
            return OfferState.LAPSED
        return state


class Deployment(ThreadRow):
    """Teams on their way, at work or going home. The key is that of the offer it came of."""

    deployment_id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    slug = models.CharField(max_length=ID_LENGTH, unique=True)
    line_id = models.CharField(max_length=ID_LENGTH)
    state = models.CharField(_("state"), max_length=16)
    capability = models.CharField(max_length=60)
    quantity = models.PositiveIntegerField(_("teams"))
    team_id = models.CharField(max_length=300)
    team_name = models.CharField(max_length=300)
    owner = models.CharField(max_length=300)
    home_unit = models.CharField(max_length=300)
    committed_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    estimated_arrival_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    end_at = models.DateTimeField(null=True)
    extension_pending = models.BooleanField()
    return_pending = models.BooleanField()
    is_taken_back = models.BooleanField(default=False)
    """Recalled, or given back at its owner's wish."""
    reason_text = models.CharField(max_length=300, default="")
    reason_language = models.CharField(max_length=35, default="")
    position_text = models.CharField(max_length=300)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    changes = models.JSONField(default=list)
    """The states it came into: state, at, by, message_id."""
    is_alert = models.BooleanField(default=False)
    """Own teams: they cross no border."""
    missing_papers = models.JSONField(default=list)
    """What the supplier still owes for the border, by `Paper`."""

    objects: ClassVar[ThreadQuerySet[Deployment]] = ThreadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("committed_at", "deployment_id")
        indexes = (models.Index(fields=("status", "owner", "team_id"), name="deployments_by_team"),)

    def __str__(self) -> str:
        return self.deployment_id

    def get_absolute_url(self) -> str:
        return reverse("deployment", args=[self.slug])

    @classmethod
    def about_teams_of(cls, organisation: Organisation) -> Q:
        return Q(pk__in=NamedTeam.objects.of(organisation).values("offer_id"))

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE_DEPLOYMENTS

    @property
    def is_home(self) -> bool:
        return self.state in HOME_DEPLOYMENTS

    @property
    def deployment_state(self) -> DeploymentState:
        return DeploymentState(self.state)


class WaitingQuerySet(ThreadQuerySet["Waiting"]):
    def running(self, now: datetime.datetime) -> Self:
        """What waits at that moment."""
        has_begun = Q(begins_at=None) | Q(begins_at__lt=now)
        has_not_ended = Q(ends_at=None) | Q(ends_at__gte=now)
        return self.filter(has_begun, has_not_ended)


class Waiting(ThreadRow):
    """Who owes the next step of an exchange, since when, and by when.

    It waits after `begins_at` and until `ends_at`, where timers start or end it; `running(now)` asks for that.
    """

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=ID_LENGTH)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    objects: ClassVar[WaitingQuerySet] = WaitingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("due_at", "since")
        indexes = (models.Index(fields=("party", "status"), name="waiting_for_a_party"),)

    def __str__(self) -> str:
        return f"{self.party} {self.code}"

    @property
    def task(self) -> tuple[str, str, int, str]:
        """What one visit settles: all answers or offers of one request are one task, every team is its own."""
        return self.thread_id, self.code, self.party_id, "" if self.code in SETTLED_TOGETHER else self.subject_id
