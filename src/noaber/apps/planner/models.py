"""Incidents, what they need, the proposals made for them, and their log."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import Status
from noaber.apps.accounts.models import LANGUAGES, Organisation, Person
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.planner.enums import EventKind, NoteKind, Priority, Severity
from noaber.apps.roads.enums import MinutesKind
from noaber.core.deadlines import Deadline
from noaber.core.messages.model import FreeText

Wants = tuple[str, int, Deadline, int]
"""Of a need: capability, teams, deadline to the minute, priority."""


class Incident(SharedRecord):
    """Something that happened at a place. Its number is the case under which every message of it travels."""

    number = models.CharField(_("number"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    hazard = models.CharField(_("hazard"), max_length=40)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    place = models.CharField(_("place"), max_length=120)
    territory = models.CharField(_("territory"), max_length=5)
    lon = models.FloatField()
    lat = models.FloatField()
    affected_radius_km = models.FloatField(_("affected area, radius in km"), null=True, blank=True)
    affected_area = models.JSONField(_("affected area"), null=True, blank=True)
    reception_point = models.CharField(_("reception point"), max_length=200, blank=True)
    note = models.TextField(_("what is known"), blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    needs_numbered = models.PositiveIntegerField(default=0)
    """How many needs ever had a number: the number of one taken away is not given again."""

    happens_in = "territory"

    objects: ClassVar[SharedQuerySet[Incident]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90), name="incident_on_earth"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(closed_at__gte=models.F("opened_at")),
                name="incident_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(affected_radius_km__isnull=True) | models.Q(affected_radius_km__gt=0),
                name="incident_radius_above_zero",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.number])

    @property
    def country(self) -> str:
        return self.territory[:2]

    @property
    def known(self) -> FreeText:
        """What is known of it, in its writer's words."""
        return FreeText(self.note, self.language)


class Need(models.Model):
    """What an incident needs: so many teams of a capability, by a moment that stays where it was said."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="needs")
    code = models.CharField(max_length=10)
    capability = models.CharField(_("capability"), max_length=20)
    quantity = models.PositiveIntegerField(_("teams"))
    needed_by = models.DateTimeField(_("needed by"))
    useless_after = models.DateTimeField(_("of no use after"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.LIFE)
    function = models.CharField(_("to do what"), max_length=200, blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES, blank=True)
    """Of `function`; empty without one, and where it was written before anybody was asked in which language."""

    replaced = models.PositiveIntegerField(default=0)
    """How many teams were wanted beside `quantity` and are stood in for by other needs."""

    stands_in_for = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="stand_ins")
    stands_for = models.PositiveIntegerField(null=True, blank=True)
    """For how many teams of `stands_in_for` it stands, all its own teams together."""

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("incident", "code"), name="need_code_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1) | models.Q(replaced__gte=1), name="need_asks_something"
            ),
            models.CheckConstraint(
                condition=models.Q(stands_in_for__isnull=True) | models.Q(stands_for__gte=1),
                name="need_stands_for_something",
            ),
            models.CheckConstraint(condition=models.Q(priority__gte=1, priority__lte=3), name="need_priority_1_to_3"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} × {self.capability}"

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.needed_by, self.useless_after)

    @property
    def task(self) -> FreeText:
        """What its teams are to do, in its writer's words."""
        return FreeText(self.function, self.language)


class Adjustment(models.Model):
    """Where the officer's decision differs from the plan: a team taken out, or held to its line. Kept, with why."""

    class Kind(models.TextChoices):
        REMOVED = "removed", _("taken out")
        PINNED = "pinned", _("pinned")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="adjustments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    need = models.ForeignKey(Need, models.CASCADE, related_name="adjustments")
    unit = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    language = models.CharField(max_length=2)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("incident", "organisation", "need", "unit"), name="one_adjustment_of_a_line"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.kind}"


class Proposal(models.Model):
    """One plan as it was made: the problem with the age of its data, the answer with its proof. Advice, kept.

    It is for all incidents that its organisation had open together, so that what one takes the others do not get.
    """

    incidents = models.ManyToManyField(Incident, related_name="proposals")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    include_unknown = models.BooleanField(_("also texts that leave it open"), default=False)
    problem = models.JSONField()
    plan = models.JSONField()
    units = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    """Why each line of the plan is there; empty in proposals of before."""

    rivals = models.JSONField(default=list)
    """Teams that two incidents wanted, where they go and why."""

    decisions = models.JSONField(default=list)
    """What the officer had decided otherwise when it was made: lines taken out or pinned."""

    moves = models.JSONField(default=dict)
    """`event`, the newest line of the incidents' logs by then; and against the plan before, `since` when that was made,
    `teams`, a list of `Move`s, and `causes`, a list of `Cause`s: the first plan has none of these."""

    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{', '.join(self.numbers)} {self.made_at:%H:%M}"

    @property
    def numbers(self) -> list[str]:
        """The numbers of the incidents that it is for, in their order."""
        return [incident["id"] for incident in self.problem["incidents"]]

    def planned_needs(self, number: str) -> dict[str, dict[str, Any]]:
        """The needs of one incident that the plan was made for, by their code."""
        found = (incident["needs"] for incident in self.problem["incidents"] if incident["id"] == number)
        return {need["id"]: need for needs in found for need in needs}

    def lines_for(self, number: str) -> list[dict[str, Any]]:
        """The lines of the plan that go to one incident."""
        return [line for line in self.plan["assignments"] if line["incident"] == number]

    def minutes_kind(self, unit: str, number: str) -> MinutesKind:
        """How the minutes of a unit to an incident were got."""
        facts = self.units.get(unit, {})
        to = facts.get("minutes_to", {})
        return MinutesKind(to[number]) if number in to else MinutesKind.kept(facts)

    def planned_wants(self, number: str) -> dict[str, Wants]:
        """What each of them wanted, by its code; minutes of a plan count from its own beginning."""

        def moment(minutes: float) -> datetime.datetime:
            return self.made_at + datetime.timedelta(minutes=minutes)

        def deadline(need: dict[str, Any]) -> Deadline:
            latest = need.get("latest")
            return Deadline(moment(need["within"]), None if latest is None else moment(latest)).to_minute

        return {
            code: (need["capability"], need["quantity"], deadline(need), need["priority"])
            for code, need in self.planned_needs(number).items()
        }


class IncidentEvent(models.Model):
    """A line of the incident's log: who did what, when, by which channel, and why."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="events")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    params = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.incident.number} {self.kind}"


class AcceptedGap(models.Model):
    """The officer's word that so many teams of a need stay missing, and why. The newest one of a need counts."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="accepted_gaps")
    teams = models.PositiveIntegerField()
    reason = models.CharField(_("why"), max_length=200)
    language = models.CharField(max_length=2)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.CheckConstraint(condition=models.Q(teams__gte=1), name="accepted_gap_has_teams"),)

    def __str__(self) -> str:
        return f"{self.need}: {self.teams}"


class LogNote(models.Model):
    """A line of an organisation's own log of an incident. It is never changed; a mistake is struck, with why."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="notes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = models.CharField(_("what happened"), max_length=500)
    language = models.CharField(max_length=2)
    spoke_with = models.CharField(_("with whom"), max_length=120, blank=True)
    is_shared = models.BooleanField(_("read by all who see the incident"), default=False)
    at = models.DateTimeField()
    """When it happened, as the writer says."""
    written_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    struck_because = models.CharField(_("why it is struck"), max_length=200, blank=True)
    struck_language = models.CharField(max_length=2, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("incident", "organisation", "-at"), name="notes_of_an_incident"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(at__lte=models.F("written_at")), name="note_tells_the_past"),
            models.CheckConstraint(
                condition=models.Q(struck_at__isnull=True, struck_by__isnull=True, struck_because="")
                | (models.Q(struck_at__isnull=False, struck_by__isnull=False) & ~models.Q(struck_because="")),
                name="note_struck_with_who_and_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident.number} {self.text[:40]}"
