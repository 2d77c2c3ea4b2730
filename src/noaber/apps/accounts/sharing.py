"""The one rule that decides what an organisation sees. It is applied in the query, everywhere.

A record belongs to one organisation, which always sees it, and so does whoever it is addressed to. It reaches
the members and partners of the sharing groups that its owner named, unless its label is TLP:RED, which reaches
nobody but the addressed. Observers of a group are reached by TLP:GREEN and TLP:CLEAR only. TLP:CLEAR reaches every
organisation. The label says what a reader may do with it further on; the groups say who gets it at all.

The law of the land adds readers that no label takes away, TLP:RED neither: of what happens at a place, whoever
answers for its territory. They are further readers of this one rule, not a second one.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import GroupCapacity, TlpLabel
from noaber.apps.accounts.models import GroupMembership, Organisation, Responsibility, SharingGroup
from noaber.core.problems import NotFound

OPEN_LABELS = (TlpLabel.CLEAR, TlpLabel.GREEN)


def visible_to(model: type[SharedRecord], organisation: Organisation) -> Q:
    """The rule as a filter on the records of `model`.

    Whom a record is addressed to, and with which groups it is shared, is asked in queries of their own that name no
    record: a database answers each once and keeps the answer. As joins they multiply the rows, and PostgreSQL, where
    it does not know yet how many there are, may walk them nested in each other for hours.
    """
    seats = GroupMembership.objects.filter(organisation=organisation)
    working = seats.exclude(capacity=GroupCapacity.OBSERVER).values("group")
    observing = seats.filter(capacity=GroupCapacity.OBSERVER).values("group")
    return (
        Q(owner=organisation)
        | lies_with(model, organisation)
        | Q(tlp=TlpLabel.CLEAR)
        | Q(pk__in=_naming(model, "addressees", [organisation.pk]))
        | (Q(pk__in=_naming(model, "groups", working)) & ~Q(tlp=TlpLabel.RED))
        | (Q(pk__in=_naming(model, "groups", observing)) & Q(tlp__in=OPEN_LABELS))
    )


def lies_with(model: type[SharedRecord], organisation: Organisation) -> Q:
    """Records of what happens in a territory for which the organisation answers."""
    if not model.happens_in:
        return Q(pk__in=())
    territories = Responsibility.objects.filter(organisation=organisation).values("territory")
    return Q(**{f"{model.happens_in}__in": territories})


def _naming(model: type[SharedRecord], relation: str, named: object) -> models.QuerySet[Any, Any]:
    """The keys of the records that name any of `named` in that relation."""
    field: Any = model._meta.get_field(relation)
    rows: models.Manager[Any] = field.remote_field.through._default_manager
    return rows.filter(**{f"{field.m2m_reverse_field_name()}__in": named}).values(field.m2m_field_name())


Record = TypeVar("Record", bound="SharedRecord")


class SharedQuerySet(models.QuerySet[Record]):
    def visible_to(self, organisation: Organisation) -> Self:
        """What `organisation` may see."""
        return self.filter(visible_to(self.model, organisation))

    def get_visible(self, organisation: Organisation, **lookup: object) -> Record:
        """The record, or `NotFound`: that it exists is not told either."""
        found = self.visible_to(organisation).filter(**lookup).first()
        if found is None:
            raise NotFound
        return found


class SharedRecord(models.Model):
    """What belongs to an organisation and may reach others."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("owner"))
    tlp = models.CharField("TLP", max_length=12, choices=TlpLabel.choices, default=TlpLabel.AMBER)
    groups = models.ManyToManyField(SharingGroup, blank=True, related_name="+", verbose_name=_("shared with"))
    addressees = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("addressed to"))

    happens_in: ClassVar[str] = ""
    """The field with the territory in which it happens, whose authorities see it; empty for what has no place."""

    class Meta:
        abstract = True


def readers_of(record: SharedRecord) -> models.QuerySet[Organisation]:
    """Every organisation that sees `record`: the same rule, read from the other side."""
    further = Q(pk__in=record.addressees.values("pk")) | _answering(territory_of(record))
    return Organisation.objects.filter(_reached(record.owner, record.tlp, record.groups.all()) | further)


def readers_if(owner: Organisation, tlp: str, groups: models.QuerySet[SharingGroup]) -> models.QuerySet[Organisation]:
    """Who would see a record of `owner` with that label and those groups, before more are addressed or added by law."""
    return Organisation.objects.filter(_reached(owner, tlp, groups))


def answering_for(territory: str) -> models.QuerySet[Organisation]:
    """Whoever answers for what happens there; nobody where no territory is known."""
    return Organisation.objects.filter(_answering(territory))


def territory_of(record: SharedRecord) -> str:
    """Where it happens, as far as the law asks; empty for what has no place."""
    return str(getattr(record, record.happens_in)) if record.happens_in else ""


def _answering(territory: str) -> Q:
    """Whoever answers for what happens there."""
    if not territory:
        return Q(pk__in=())
    return Q(pk__in=Responsibility.objects.filter(territory=territory).values("organisation"))


def _reached(owner: Organisation, tlp: str, groups: models.QuerySet[SharingGroup]) -> Q:
    if tlp == TlpLabel.CLEAR:
        return Q(pk__isnull=False)
    reached = Q(pk=owner.pk)
    if tlp != TlpLabel.RED:
        seats = GroupMembership.objects.filter(group__in=groups)
        if tlp not in OPEN_LABELS:
            seats = seats.exclude(capacity=GroupCapacity.OBSERVER)
        reached |= Q(pk__in=seats.values("organisation"))
    return reached
