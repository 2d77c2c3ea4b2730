"""The only writer of accounts."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from noaber.apps.accounts.enums import GroupCapacity, Role
from noaber.apps.accounts.models import (
    Feed,
    GroupMembership,
    Membership,
    OnceToken,
    Organisation,
    Person,
    SharingGroup,
)
from noaber.web.written import written_once

_ONCE = re.compile(r"[A-Za-z0-9_-]{1,40}")


def announce(organisations: Iterable[Organisation]) -> None:
    """Tell the open pages of `organisations` that something they see has changed, when this transaction is done.

    Everyone locks the counters in the same order, so that no two wait for each other.
    """
    keys = sorted({organisation.pk for organisation in organisations})
    feeds = Feed.objects.filter(organisation__in=keys).order_by("organisation_id")
    with transaction.atomic(savepoint=False):
        locked = set(feeds.select_for_update().values_list("organisation_id", flat=True))
        Feed.objects.bulk_create(
            [Feed(organisation_id=key) for key in keys if key not in locked], ignore_conflicts=True
        )
        feeds.order_by().update(version=F("version") + 1)


def do_once(token: str, person: Person, work: Callable[[], str]) -> str:
    """Do `work`, which answers with the address to go to; a second call with the same token gets that address.

    The token is claimed in the transaction of the work: two at the same moment do it once, and work that fails
    leaves the token free for another try. Each person has tokens of their own; what no form of ours sends is none.
    """
    if not _ONCE.fullmatch(token):
        token = secrets.token_urlsafe(24)
    token = f"{person.pk}:{token}"
    try:
        with transaction.atomic(), written_once():
            claimed = OnceToken.objects.create(token=token, person=person, used_at=timezone.now())
            claimed.location = work()
            claimed.save(update_fields=["location"])
            return claimed.location
    except IntegrityError:
        earlier = OnceToken.objects.filter(token=token).first()
        if earlier is None:
            raise
        return earlier.location


def add_person(
    *,
    username: str,
    display_name: str,
    password: str = "",
    encoded_password: str = "",
    roles: Iterable[tuple[Organisation, Role]],
    language: str = "",
    phone: str = "",
    email: str = "",
) -> Person:
    """Make an account with its memberships.

    `encoded_password` is a password that was hashed before: many accounts with one password need one hash.
    """
    person = Person(username=username, display_name=display_name, language=language, phone=phone, email=email)
    if encoded_password:
        person.password = encoded_password
    else:
        person.set_password(password)
    person.save()
    Membership.objects.bulk_create(
        [Membership(person=person, organisation=organisation, role=role) for organisation, role in roles]
    )
    return person


def put_in_group(group: SharingGroup, organisation: Organisation, capacity: GroupCapacity) -> None:
    GroupMembership.objects.update_or_create(group=group, organisation=organisation, defaults={"capacity": capacity})


def serve_organisation(organisation: Organisation) -> None:
    """Let this node serve the organisation: its people work here, and its journal and keys are kept here."""
    Organisation.objects.filter(pk=organisation.pk).update(connected=True)


def choose_language(person: Person, language: str) -> None:
    Person.objects.filter(pk=person.pk).update(language=language)
