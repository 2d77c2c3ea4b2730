"""Bringing the reference data into the database: organisations, sharing groups, and the texts of the inventory.

It may run at every start: what is there already and unchanged is left alone, and so is what an administrator decided
here (whether an organisation uses Noaber) and what people recorded (when a text was checked).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.reference import load_organisations
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, append_changes
from noaber.apps.registry.enums import AgreementOrigin
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.services.agreements import digest_of, fill_row
from noaber.apps.registry.services.field_checks import with_local_readings
from noaber.core.agreements import Agreement
from noaber.core.agreements.decode import decode_agreement
from noaber.core.agreements.encode import encode_agreement
from noaber.reference.legal_texts import agreements
from noaber.web.clock import now as node_time

KEEPER_OF_TEXTS: Final = "BNL-SG"
"""The Benelux Secretariat-General prepares the inventory, so the texts that ship with the product are its records."""

_AUTHOR: Final = Author("reference data")


def load_reference(*, connect: bool = False) -> None:
    """Bring organisations, sharing groups and agreements up to date with the reference data of this version.

    Parameters
    ----------
    connect
        Mark new organisations as using Noaber where the reference data give them demo accounts.
    """
    with transaction.atomic():
        load_organisations(connect=connect)
        keeper = Organisation.objects.get(code=KEEPER_OF_TEXTS)
        rows = {row.code: row for row in AgreementRow.objects.all()}
        for agreement in agreements():
            _load_agreement(agreement, rows.get(agreement.id), keeper, node_time())


def _load_agreement(agreement: Agreement, row: AgreementRow | None, keeper: Organisation, now: datetime) -> None:
    data = encode_agreement(agreement)
    digest = digest_of(data)
    if row is not None and (row.reference_digest == digest or row.origin != AgreementOrigin.REFERENCE):
        return
    record = row or AgreementRow(owner=keeper, code=agreement.id, origin=AgreementOrigin.REFERENCE, tlp=TlpLabel.CLEAR)
    checked = _later_check(row, data)
    if row is not None:
        data = with_local_readings(row, data)
        agreement = decode_agreement(data)
    fill_row(record, agreement, data | {"checked": checked})
    record.checked_on, record.checked_by = date.fromisoformat(checked["on"]), checked["by"]
    record.reference_digest = digest
    record.save()
    append_changes(_AUTHOR, AgreementRow, [Changed(record.pk, ChangeAction.LOADED, {})], at=now)


def _later_check(row: AgreementRow | None, data: dict[str, Any]) -> dict[str, str]:
    """A check that was recorded here counts, unless the reference data were checked after it."""
    checked: dict[str, str] = data["checked"]
    if row is not None and str(row.checked_on) > checked["on"]:
        return {"on": str(row.checked_on), "by": row.checked_by}
    return checked
