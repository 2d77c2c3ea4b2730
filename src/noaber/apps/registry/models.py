"""Capacities, contact points, the inventory of agreements, and the planning assumptions of an organisation.

Coded lists (capabilities, hazards, territories) are reference data in code: rows hold their codes, and the services
check them. What a row can check by itself is a constraint of the database.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.accounts.models import LANGUAGES, Organisation, Person
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.registry.agreement_records import AgreementDocument, FieldCheck
from noaber.apps.registry.enums import AgreementOrigin, CapacityState, ContactCheck, ContactField, UploadPhase
from noaber.apps.registry.fields import MAX_MOBILISATION_MINUTES, MAX_QUANTITY
from noaber.apps.registry.reservations import Reservation
from noaber.web import clock

__all__ = [
    "AgreementDocument",
    "AgreementRow",
    "ApprovalAssumption",
    "BulkEdit",
    "Capacity",
    "CapacityCapability",
    "CapacityUpload",
    "ContactPoint",
    "ContactRoutine",
    "FieldCheck",
    "HomeCover",
    "Reservation",
]


class Capacity(SharedRecord):
    """Identical teams of one owner at one base; in UCPM terms a module or other response capacity."""

    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=160)
    base = models.CharField(_("base"), max_length=120, blank=True)
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    territory = models.CharField(_("territory"), max_length=5, help_text="NUTS 2021")
    quantity = models.PositiveIntegerField(_("teams"))
    share_up_to = models.PositiveIntegerField(_("up to this many may go"), null=True, blank=True)
    mobilisation_minutes = models.PositiveIntegerField(_("minutes until it leaves"))
    languages = models.JSONField(_("languages"), default=list)

    state = models.CharField(_("state"), max_length=16, choices=CapacityState.choices, default=CapacityState.AVAILABLE)
    reduced_to = models.PositiveIntegerField(_("teams left"), null=True, blank=True)
    state_until = models.DateTimeField(_("until"), null=True, blank=True)
    state_reason = models.CharField(_("reason"), max_length=200, blank=True)
    state_at = models.DateTimeField(_("state of"))

    host_needs = models.JSONField(_("what the host must provide"), default=list, blank=True)
    host_note = models.TextField(_("more for the host"), blank=True)
    host_note_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    cost_per_day_eur = models.DecimalField(
        _("estimated cost per day, EUR"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    attributes = models.JSONField(_("properties"), default=dict, blank=True)

    team = models.JSONField(_("staff of a team"), default=list, blank=True)
    vehicles = models.JSONField(_("vehicles"), default=list, blank=True)
    kit = models.JSONField(_("kit"), default=list, blank=True)
    needs = models.JSONField(_("needs at destination"), default=list, blank=True)
    certificates = models.JSONField(_("certificates"), default=list, blank=True)
    exercises = models.JSONField(_("exercises passed"), default=list, blank=True)
    certified_until = models.DateField(_("certified until"), null=True, blank=True, db_index=True)
    """The first day on which a kind of certificate runs out that no later one follows; made from `certificates`."""
    cost_mobilisation_eur = models.DecimalField(
        _("estimated cost of the mobilisation, EUR"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    cost_per_km_eur = models.DecimalField(
        _("estimated cost per km, EUR"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    cost_as_of = models.DateField(_("costs as of"), null=True, blank=True)
    cost_basis = models.CharField(_("basis of the costs"), max_length=200, blank=True)
    release_function = models.CharField(_("released by"), max_length=160, blank=True)
    release_organisation = models.CharField(_("released by, organisation"), max_length=160, blank=True)
    release_channel = models.CharField(_("released by, channel"), max_length=160, blank=True)

    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects: ClassVar[SharedQuerySet[Capacity]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        ordering = ("owner__code", "code")
        constraints = (
            models.UniqueConstraint(fields=("owner", "status", "code"), name="one_capacity_per_code"),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=MAX_QUANTITY), name="capacity_has_teams"),
            models.CheckConstraint(
                condition=Q(share_up_to__isnull=True) | Q(share_up_to__lte=F("quantity")),
                name="capacity_shares_at_most_all",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CapacityState.REDUCED,
                    reduced_to__isnull=False,
                    reduced_to__gte=1,
                    reduced_to__lt=F("quantity"),
                )
                | (~Q(state=CapacityState.REDUCED) & Q(reduced_to__isnull=True)),
                name="capacity_reduced_says_to_how_many",
            ),
            models.CheckConstraint(
                condition=Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="capacity_lies_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(mobilisation_minutes__lte=MAX_MOBILISATION_MINUTES),
                name="capacity_leaves_within_a_month",
            ),
            models.CheckConstraint(
                condition=Q(cost_per_day_eur__isnull=True) | Q(cost_per_day_eur__gte=0),
                name="capacity_cost_not_negative",
            ),
            models.CheckConstraint(
                condition=(Q(cost_mobilisation_eur__isnull=True) | Q(cost_mobilisation_eur__gte=0))
                & (Q(cost_per_km_eur__isnull=True) | Q(cost_per_km_eur__gte=0)),
                name="capacity_costs_not_negative",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="capacity_status"),
            models.CheckConstraint(condition=Q(state__in=CapacityState.values), name="capacity_state"),
            models.CheckConstraint(condition=~Q(code=""), name="capacity_has_a_code"),
        )
        indexes = (
            models.Index(fields=("status", "territory"), name="capacity_by_territory"),
            models.Index(fields=("release_organisation",), name="capacity_by_releaser"),
        )

    def __str__(self) -> str:
        return f"{self.owner.code}:{self.code}"

    def get_absolute_url(self) -> str:
        return reverse("capacity", args=[self.pk])


class CapacityCapability(models.Model):
    """One capability of a capacity, by its code; the first one is what it is called by."""

    capacity = models.ForeignKey(Capacity, models.CASCADE, related_name="capability_rows")
    capability = models.CharField(_("capability"), max_length=12, db_index=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("capacity", "position")
        constraints = (
            models.UniqueConstraint(fields=("capacity", "capability"), name="one_capability_once"),
            models.UniqueConstraint(fields=("capacity", "position"), name="one_capability_at_a_position"),
        )

    def __str__(self) -> str:
        return self.capability


class CapacityUpload(models.Model):
    """A file that someone looks at before it is imported: confirming applies exactly these bytes.

    It is checked, and later written, in the background; `phase` says how far it is, `report` what was found.
    """

    token = models.CharField(max_length=43, unique=True)
    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    status = models.CharField(max_length=8, choices=Status.choices)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    default_tlp = models.CharField(max_length=12, choices=TlpLabel.choices)
    default_groups = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    phase = models.CharField(max_length=10, choices=UploadPhase.choices, default=UploadPhase.WAITING)
    phase_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    faults = models.BinaryField(default=bytes)
    """Every problem of the file, as a packed list: what the page shows the first of, and the download all."""

    def __str__(self) -> str:
        return f"{self.file_name} for {self.owner}"


class BulkEdit(models.Model):
    """One change of many capacities: first what it would do, then what it did, which can be taken back."""

    token = models.CharField(max_length=43, unique=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    status = models.CharField(max_length=8, choices=Status.choices)
    at = models.DateTimeField()
    given = models.JSONField()
    keys = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    written = models.JSONField(default=dict)
    """By key of a capacity: what stood there before and after, by field."""

    def __str__(self) -> str:
        return f"{len(self.keys)} capacities of {self.organisation}"


class HomeCover(SharedRecord):
    """How many teams of a capability an owner keeps at home, whatever is asked. A secret unless it is shared."""

    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    capability = models.CharField(_("capability"), max_length=12)
    minimum = models.PositiveIntegerField(_("at least"))

    objects: ClassVar[SharedQuerySet[HomeCover]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("owner__code", "capability")
        constraints = (
            models.UniqueConstraint(fields=("owner", "status", "capability"), name="one_home_cover"),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="home_cover_covers"),
        )

    def __str__(self) -> str:
        return f"{self.owner.code} keeps {self.minimum} {self.capability}"


class ApprovalAssumption(models.Model):
    """How long an organisation supposes that an approval takes: under one text, or under any text of a level.

    A planning assumption of its own, with its date and who answers for it; no part of a text, and always marked so.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="approval_assumptions")
    agreement_id = models.CharField(_("agreement"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=10, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"))
    answers_for_it = models.CharField(_("who answers for it"), max_length=200)
    as_of = models.DateField(_("as of"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ("organisation", "level", "agreement_id")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "agreement_id", "level"), name="one_assumption_each"),
            models.CheckConstraint(
                condition=(Q(agreement_id="") & ~Q(level="")) | (~Q(agreement_id="") & Q(level="")),
                name="assumed_for_a_text_or_a_level",
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=MAX_MOBILISATION_MINUTES), name="assumed_approval_within_a_month"
            ),
            models.CheckConstraint(condition=~Q(answers_for_it=""), name="assumed_by_someone"),
        )

    def __str__(self) -> str:
        return f"{self.organisation.code} assumes {self.minutes} minutes for {self.agreement_id or self.level}"


class AgreementQuerySet(SharedQuerySet["AgreementRow"]):
    def visible_to(self, organisation: Organisation) -> Self:
        """An exercise does not know the texts of the reference that were signed after the day that it has reached."""
        seen = super().visible_to(organisation)
        reached = clock.find_exercise_time()
        if reached is None:
            return seen
        signed_later = Q(signed_on__isnull=False, signed_on__gt=timezone.localtime(reached).date())
        return seen.exclude(signed_later, origin=AgreementOrigin.REFERENCE)


class AgreementRow(SharedRecord):
    """One text of the inventory. What it says is in `data`; the columns repeat what lists are filtered by."""

    code = models.CharField(_("id"), max_length=60, unique=True)
    origin = models.CharField(_("origin"), max_length=10, choices=AgreementOrigin.choices)
    level = models.CharField(_("level"), max_length=10)
    kind = models.CharField(_("kind"), max_length=20)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    data = models.JSONField(_("what it says"))
    digest = models.CharField(max_length=64)
    reference_digest = models.CharField(max_length=64, blank=True)
    checked_on = models.DateField(_("checked on"))
    checked_by = models.CharField(_("checked by"), max_length=200)

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(condition=Q(origin__in=AgreementOrigin.values), name="agreement_origin"),
            models.CheckConstraint(condition=~Q(checked_by=""), name="agreement_checked_by_someone"),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("agreement", args=[self.code])


class ContactPoint(SharedRecord):
    """How one reaches a function of an organisation. `owner` keeps the record; functions, not persons."""

    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contact_points", verbose_name=_("organisation")
    )
    field = models.CharField(_("for"), max_length=20, choices=ContactField.choices)
    function = models.CharField(_("function"), max_length=160)
    function_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    second_channel = models.CharField(_("second channel"), max_length=160, blank=True)
    mail = models.EmailField(_("mail"), blank=True)
    hours = models.CharField(_("about its hours"), max_length=120, blank=True)
    always_open = models.BooleanField(_("day and night"), default=False)
    open_days = models.JSONField(_("open on"), default=list, blank=True, help_text="ISO weekdays, Monday is 1")
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.CharField(_("verified by"), max_length=200, blank=True)
    expires_on = models.DateField(_("to be verified again by"), null=True, blank=True)
    tried_on = models.DateField(_("last tried on"), null=True, blank=True)
    tried = models.CharField(_("what came of it"), max_length=10, choices=ContactCheck.choices, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects: ClassVar[SharedQuerySet[ContactPoint]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ("organisation__code", "field", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(phone="", second_channel="", mail=""), name="contact_point_can_be_reached"
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by="")
                | (Q(verified_on__isnull=False) & ~Q(verified_by="")),
                name="contact_point_verified_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(verified_on__isnull=True)
                | Q(expires_on__gte=F("verified_on")),
                name="contact_point_expires_after_verified",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="contact_point_status"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="contact_point_opens_and_closes",
            ),
            models.CheckConstraint(
                condition=Q(tried_on__isnull=True, tried="") | (Q(tried_on__isnull=False) & ~Q(tried="")),
                name="contact_point_tried_with_what_came",
            ),
            models.UniqueConstraint(
                fields=("owner", "organisation", "field", "status"),
                condition=Q(withdrawn_at__isnull=True),
                name="one_function_per_field",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation.code} {self.field}"

    def get_absolute_url(self) -> str:
        return reverse("contact", args=[self.pk])


class ContactRoutine(models.Model):
    """After how many months an organisation has what it keeps verified again."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="contact_routine")
    every_months = models.PositiveSmallIntegerField(_("verify every … months"))
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.CharField(_("changed by"), max_length=200)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(every_months__gte=1, every_months__lte=24), name="contact_routine_within_two_years"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation.code} every {self.every_months} months"
