"""What is known before the exercise begins: its capacities, home cover, contacts and assumptions.

Loaded once, through the same services and the same reading of the file as everything that users bring in; what is
there already is left alone.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.records.history import Author
from noaber.apps.registry.enums import ContactCheck
from noaber.apps.registry.models import ApprovalAssumption, Capacity, ContactPoint
from noaber.apps.registry.services.agreements import assume_approval
from noaber.apps.registry.services.bulk_edits import typed
from noaber.apps.registry.services.capacities import change_capacity, set_home_cover
from noaber.apps.registry.services.contacts import save_contact
from noaber.apps.registry.services.imports import Sharing, import_capacities, plan_import
from noaber.core.agreements import Level
from noaber.reference.demo import capacities as demo_capacities
from noaber.reference.demo import scenario
from noaber.reference.demo.scenario import DemoContact
from noaber.reference.files import read_data_json, read_data_text

_AUTHOR: Final = Author("exercise")
_STATUS: Final = Status.EXERCISE.value
_FILE: Final = "demo/capacities.csv"
_PACKAGES: Final = "demo/packages.json"


def load_demo(*, now: datetime) -> None:
    """Bring in what the exercise begins with; does nothing where it was brought in before.

    Raises
    ------
    InvalidInput
        Where a file of the installation is not sound.
    """
    with transaction.atomic():
        owners = {row.code: row for row in Organisation.objects.all()}
        if not Capacity.objects.filter(status=_STATUS).exists():
            _load_capacities(owners, now)
            _load_packages(now)
            _load_home_cover(owners, now)
        if not ContactPoint.objects.filter(status=_STATUS).exists():
            for contact in scenario.load_contacts():
                _load_contact(contact, owners, now)
        if not ApprovalAssumption.objects.exists():
            _load_assumptions(owners, now)


def _load_capacities(owners: dict[str, Organisation], now: datetime) -> None:
    for code, data in _files_by_owner().items():
        owner = owners[code]
        plan = plan_import(data, owner, _STATUS, sharing=Sharing(), now=now)
        import_capacities(_AUTHOR, plan, owner, _STATUS, now=now, reason=_FILE)


def _load_packages(now: datetime) -> None:
    """A few of the capacities have a full package, as illustrative as they are."""
    for record in read_data_json(_PACKAGES):
        capacity = Capacity.objects.select_related("owner").get(
            owner__code=record["owner"], code=record["code"], status=_STATUS
        )
        given = {name: typed(name, value) for name, value in record.items() if name not in ("owner", "code")}
        given["attributes"] = capacity.attributes | record["attributes"]
        change_capacity(_AUTHOR, capacity, given, now=now, reason=_PACKAGES)


def _files_by_owner() -> dict[str, bytes]:
    """The file of the exercise as one file for each owner."""
    reader = csv.DictReader(io.StringIO(read_data_text(_FILE), newline=""))
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in reader:
        rows.setdefault(row["owner"], []).append(row)
    return {owner: _file(list(reader.fieldnames or ()), its_rows) for owner, its_rows in rows.items()}


def _file(columns: list[str], rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _load_home_cover(owners: dict[str, Organisation], now: datetime) -> None:
    """In the exercise each owner lets those know its minimum with whom it shares the teams."""
    for cover in demo_capacities.load_home_cover():
        groups = {
            group
            for capacity in demo_capacities.load_capacities()
            if capacity.owner == cover.owner and cover.capability in capacity.capabilities
            for group in capacity.groups
        }
        set_home_cover(
            _AUTHOR,
            owners[cover.owner],
            _STATUS,
            cover.capability,
            cover.minimum,
            tlp=TlpLabel.AMBER,
            groups=sorted(groups),
            now=now,
        )


def _load_contact(contact: DemoContact, owners: dict[str, Organisation], now: datetime) -> None:
    owner = owners[contact.owner]
    given = {
        "organisation_id": owners[contact.organisation].pk,
        "field": contact.field,
        "function": contact.function,
        "function_language": contact.function_language,
        "languages": list(contact.languages),
        "phone": contact.phone,
        "second_channel": contact.second_channel,
        "mail": contact.mail,
        "hours": contact.hours,
        "always_open": contact.always_open,
        "open_days": list(contact.open_days),
        "opens_at": contact.opens_at,
        "closes_at": contact.closes_at,
        "tlp": TlpLabel.AMBER,
    }
    groups = list(owner.sharing_groups.values_list("code", flat=True))
    record = save_contact(_AUTHOR, None, given, owner=owner, status=_STATUS, groups=groups, now=now)
    record.verified_on, record.verified_by = contact.verified_on, contact.verified_by
    record.expires_on = contact.expires_on
    record.tried_on, record.tried = contact.verified_on, ContactCheck.ANSWERED.value
    record.save(update_fields=["verified_on", "verified_by", "expires_on", "tried_on", "tried"])


def _load_assumptions(owners: dict[str, Organisation], now: datetime) -> None:
    """The numbers of the exercise, and its defaults by level for every organisation that plays."""
    for known in scenario.load_approvals():
        assume_approval(
            _AUTHOR,
            owners[known.organisation],
            agreement_id=known.agreement,
            minutes=known.minutes,
            as_of=known.as_of,
            note=known.note,
            now=now,
        )
    players = sorted({seat.organisation for person in scenario.load_people() for seat in person.memberships})
    for code in players:
        for level, minutes in scenario.default_approval_minutes().items():
            assume_approval(
                _AUTHOR,
                owners[code],
                level=Level(level).value,
                minutes=minutes,
                as_of=scenario.default_approvals_as_of(),
                note="",
                now=now,
            )
