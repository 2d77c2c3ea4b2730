"""Roads that are closed for a while, and boundaries that the operator brought."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import Status
from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.roads.enums import BoundaryKind, BuildState
from noaber.core.problems import Problem
from noaber.core.traveltime.sections import Direction, Part


class Closure(SharedRecord):
    """A point, line or area where nobody drives: since when, until when, why.

    It is never deleted: who opens its roads again says so with `opened_at`, and what was routed before can still be
    understood.
    """

    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    reason = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    geometry = models.JSONField()
    """A GeoJSON geometry, WGS 84, longitude first."""
    sections = models.JSONField(default=list, blank=True)
    """What is closed by name: [id of a section of main road, direction], in the order of the way; else nothing."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the geometry and the sections: what it closes is looked up once for each."""
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    turns_at = models.DateTimeField(null=True, blank=True, db_index=True)
    """When it next begins or ends by its own time and its readers are told; none where it never does again."""

    objects: ClassVar[SharedQuerySet[Closure]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-begins_at", "-pk")
        indexes = (models.Index(fields=("status", "begins_at"), name="closure_by_status"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("begins_at")),
                name="closure_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.reason

    @property
    def known_at(self) -> datetime:
        """From when on a plan counts with it: it may have been told after it began."""
        return max(self.begins_at, self.made_at)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sections that it closes by name."""
        return tuple(Part(section, Direction(direction)) for section, direction in self.sections)

    def holds_at(self, moment: datetime) -> bool:
        """Whether its roads are closed at `moment`."""
        ends = min((at for at in (self.ends_at, self.opened_at) if at is not None), default=None)
        return self.begins_at <= moment and (ends is None or moment < ends)

    def is_over_at(self, moment: datetime) -> bool:
        """Whether it holds no longer, and never will."""
        return any(at is not None and at <= moment for at in (self.ends_at, self.opened_at))

    def next_turn(self, moment: datetime) -> datetime | None:
        """When it next begins or ends by its own time, after `moment`."""
        if self.is_over_at(moment):
            return None
        return min((at for at in (self.begins_at, self.ends_at) if at is not None and at > moment), default=None)


class NetworkBuild(models.Model):
    """A road network being built for this site, and how that went. Its times are the real ones, in an exercise too."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    sources = models.JSONField()
    """The names of the extracts, in the folder of extracts."""
    state = models.CharField(max_length=9, choices=BuildState.choices, default=BuildState.RUNNING)
    phase = models.CharField(max_length=12, blank=True)
    """One of `core.traveltime.progress.Phase`; empty before the first."""
    share = models.FloatField(default=0.0)
    alive_at = models.DateTimeField()
    """The last sign of life of its process."""
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    problem = models.JSONField(null=True, blank=True)
    """Why it failed: the code, where, and the parameters of a `Problem`."""

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("state",), condition=models.Q(state=BuildState.RUNNING), name="one_network_build_runs"
            ),
        )

    def __str__(self) -> str:
        return f"{', '.join(self.sources)}: {self.state}"

    @property
    def is_running(self) -> bool:
        return self.state == BuildState.RUNNING

    @property
    def found_problem(self) -> Problem | None:
        """Why it failed."""
        return Problem(self.problem["code"], self.problem["where"], self.problem["params"]) if self.problem else None


class BoundarySet(models.Model):
    """All boundaries of one kind in one country, as they were brought together: public data, the same for everyone."""

    kind = models.CharField(max_length=16, choices=BoundaryKind.choices)
    country = models.CharField(max_length=2)
    source = models.CharField(max_length=400)
    """The files that it was read from."""
    attribution = models.CharField(max_length=300, blank=True)
    """Whose data it is, as every map that draws it says."""
    licence = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    """SHA-256 of what was read: names its contents."""
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "country")
        constraints = (models.UniqueConstraint(fields=("kind", "country"), name="one_boundary_set_of_a_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.country}"


class Boundary(models.Model):
    """A municipality or region with its area."""

    set = models.ForeignKey(BoundarySet, models.CASCADE, related_name="boundaries")
    code = models.CharField(max_length=40)
    names = models.JSONField()
    """By language, "und" where the source says none."""
    geometry = models.BinaryField()
    """WKB of a Polygon or MultiPolygon, WGS 84, longitude first: read by the thousand at once."""
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        ordering = ("set", "code")
        constraints = (models.UniqueConstraint(fields=("set", "code"), name="boundary_codes_are_unique"),)

    def __str__(self) -> str:
        return self.code


def digest_of(geometry: Mapping[str, Any], sections: Sequence[Sequence[str]] = ()) -> str:
    """Names by their content a geometry, and the sections that are closed by name."""
    content: Any = {"geometry": geometry, "sections": sections} if sections else geometry
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
