"""Contact points, and the number to ring."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.contact_state import USUAL_MONTHS, Freshness, freshness
from noaber.apps.registry.enums import ContactCheck, ContactField
from noaber.apps.registry.models import ContactPoint, ContactRoutine
from noaber.core.problems import NotFound


def seen_contacts(reader: Organisation, status: str) -> QuerySet[ContactPoint]:
    """The contact points of a status that `reader` may see."""
    return (
        ContactPoint.objects.visible_to(reader)
        .filter(status=status, withdrawn_at__isnull=True)
        .select_related("organisation", "owner")
    )


def get_contact(reader: Organisation, status: str, pk: int) -> ContactPoint:
    """One contact point, or `NotFound`."""
    found = seen_contacts(reader, status).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def number_to_ring(
    organisation: Organisation, *, reader: Organisation, status: str, on: date, field: str = ContactField.DUTY
) -> ContactPoint | None:
    """How `reader` reaches `organisation` for `field`, else its duty desk, else that of another above it.

    What has a phone comes first, then what was verified and has not expired, then what it keeps itself, then what is
    open day and night; of equals the one that was verified last.
    """
    asked: Organisation | None = organisation
    visited: set[int] = set()
    while asked is not None and asked.pk not in visited:
        visited.add(asked.pk)
        found = numbers_to_ring([asked], reader=reader, status=status, on=on, field=field)
        if found:
            return found[asked.pk]
        asked = asked.parent if asked.parent_id != reader.pk else None
    return None


def numbers_to_ring(
    organisations: Collection[Organisation], *, reader: Organisation, status: str, on: date, field: str
) -> dict[int, ContactPoint]:
    """The numbers of several by their key, as far as each has one for the field or at its duty desk: one question."""
    wanted = tuple(dict.fromkeys((str(field), str(ContactField.DUTY))))
    best: dict[int, ContactPoint] = {}
    for contact in seen_contacts(reader, status).filter(organisation__in=organisations, field__in=wanted):
        known = best.get(contact.organisation_id)
        if known is None or _rank(contact, wanted, on) > _rank(known, wanted, on):
            best[contact.organisation_id] = contact
    return best


def _rank(
    contact: ContactPoint, wanted: tuple[str, ...], on: date
) -> tuple[int, tuple[bool, bool, bool, bool, int, int]]:
    """The field that was asked for before the duty desk, then what is better to ring."""
    return (-wanted.index(contact.field), _preference(contact, on))


def _preference(contact: ContactPoint, on: date) -> tuple[bool, bool, bool, bool, int, int]:
    return (
        bool(contact.phone),
        contact.verified_on is not None and not is_expired(contact, on),
        contact.owner_id == contact.organisation_id,
        contact.always_open,
        contact.verified_on.toordinal() if contact.verified_on else 0,
        -contact.pk,
    )


def is_expired(contact: ContactPoint, on: date) -> bool:
    """Whether the day by which it was to be verified again has passed."""
    return contact.expires_on is not None and contact.expires_on < on


def list_contacts(
    reader: Organisation, status: str, *, on: date, text: str = "", field: str = "", due: bool = False
) -> list[ContactPoint]:
    """The contact points that fit, by organisation and the duty desk first; `due` for those that are to be verified."""
    rows = seen_contacts(reader, status)
    if field:
        rows = rows.filter(field=field)
    wanted = text.casefold().strip()
    found = [row for row in rows if wanted in _haystack(row) and (not due or is_due(row, on))]
    return sorted(found, key=lambda row: (row.organisation.code, ContactField.values.index(row.field), row.pk))


def is_due(contact: ContactPoint, on: date) -> bool:
    """Whether a number is to be verified: never was, its day has passed or is near, or nobody answered."""
    return freshness_of(contact, on) is not Freshness.FRESH or contact.tried == ContactCheck.NO_ANSWER


def freshness_of(contact: ContactPoint, on: date) -> Freshness:
    return freshness(contact.verified_on, contact.expires_on, on)


def contacts_to_verify(owner: Organisation, status: str, on: date) -> QuerySet[ContactPoint]:
    """What `owner` keeps and has to verify by that day, the longest due first; what never was verified too."""
    kept = seen_contacts(owner, status).filter(owner=owner)
    return kept.filter(Q(expires_on__lte=on) | Q(verified_on__isnull=True) | Q(tried=ContactCheck.NO_ANSWER)).order_by(
        "expires_on", "pk"
    )


def find_same(
    reader: Organisation, status: str, *, organisation_id: int, field: str, besides: int | None = None
) -> ContactPoint | None:
    """The function that `reader` sees for that field of that organisation already."""
    found = seen_contacts(reader, status).filter(organisation_id=organisation_id, field=field)
    if besides is not None:
        found = found.exclude(pk=besides)
    return found.order_by("pk").first()


def months_between_checks(owner: Organisation) -> int:
    """After how many months `owner` has its contact points verified again."""
    routine = ContactRoutine.objects.filter(organisation=owner).first()
    return routine.every_months if routine else USUAL_MONTHS


def _haystack(contact: ContactPoint) -> str:
    organisation = contact.organisation
    return " ".join([organisation.code, contact.function, *organisation.names.values()]).casefold()
