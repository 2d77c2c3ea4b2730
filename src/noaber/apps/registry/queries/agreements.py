"""The inventory of agreements as an organisation sees it, and the approval times that it assumes."""

from __future__ import annotations

from datetime import date
from typing import Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.models import ApprovalAssumption as AssumptionRow
from noaber.core.agreements import Agreement, Level
from noaber.core.agreements.approvals import ApprovalAssumption
from noaber.core.agreements.decode import decode_agreement
from noaber.core.agreements.planning import Case, Choice, Owner, PlanningAgreement, PlanningNeed, PlanningTexts
from noaber.core.agreements.planning import planning_agreements as entries_for
from noaber.core.planning.problem import Agreement as PlannedAgreement
from noaber.core.problems import NotFound

_DECODED: Final[dict[str, Agreement]] = {}
"""Agreements by the digest of their data: a text is decoded once in a process, whoever reads it."""
_MOST_DECODED: Final = 4096


def inventory(reader: Organisation) -> tuple[Agreement, ...]:
    """Every text that `reader` may see, by id."""
    seen = AgreementRow.objects.visible_to(reader).order_by("code")
    return tuple(_agreement(pk, digest) for pk, digest in seen.values_list("pk", "digest"))


def inventory_rows(reader: Organisation) -> list[AgreementRow]:
    """The rows of the inventory that `reader` may see: who keeps each text, and who checked it when."""
    return list(AgreementRow.objects.visible_to(reader).select_related("owner").defer("data").order_by("code"))


def get_agreement_row(reader: Organisation, code: str) -> AgreementRow:
    """The row of one text, or `NotFound`."""
    rows = AgreementRow.objects.visible_to(reader).select_related("owner")
    row = rows.filter(code=code).first()
    if row is None:
        raise NotFound
    return row


def agreement_of(row: AgreementRow) -> Agreement:
    """What the text of a row says."""
    return _agreement(row.pk, row.digest)


def _agreement(pk: int, digest: str) -> Agreement:
    """Decoded once for each content: the digest names it."""
    if digest not in _DECODED:
        if len(_DECODED) >= _MOST_DECODED:
            _DECODED.clear()
        _DECODED[digest] = decode_agreement(AgreementRow.objects.values_list("data", flat=True).get(pk=pk))
    return _DECODED[digest]


def assumptions_of(organisation: Organisation) -> tuple[ApprovalAssumption, ...]:
    """The approval times that the organisation counts with."""
    return tuple(_assumption(row, organisation) for row in AssumptionRow.objects.filter(organisation=organisation))


def _assumption(row: AssumptionRow, organisation: Organisation) -> ApprovalAssumption:
    return ApprovalAssumption(
        organisation=organisation.code,
        minutes=row.minutes,
        owner=row.answers_for_it,
        as_of=row.as_of,
        note=row.note,
        agreement_id=row.agreement_id,
        level=Level(row.level) if row.level else None,
    )


def planning_agreements(
    organisation: Organisation,
    *,
    owners: tuple[Owner, ...],
    cases: tuple[Case, ...],
    capabilities: tuple[str, ...],
    on: date,
    choices: frozenset[Choice] = frozenset(),
) -> PlanningTexts:
    """The texts that permit help in a plan of `organisation`, with the minutes that it assumes.

    Parameters
    ----------
    owners
        Code and territory of everyone whose teams might come, each pair once.
    cases
        Territory and hazard of each incident.
    choices
        Whether texts that may cover it, and the Union mechanism, are planned with too.

    Returns
    -------
    PlanningTexts
        Entries for the planning problem, and what was left out and why.
    """
    need = PlanningNeed(organisation=organisation.code, on=on, owners=owners, cases=cases, capabilities=capabilities)
    return entries_for(inventory(organisation), assumptions_of(organisation), need, choices=choices)


def planned_agreement(entry: PlanningAgreement) -> PlannedAgreement:
    """A text as a planning problem, and the question of reach, know it."""
    return PlannedAgreement(
        id=entry.id,
        providers=entry.providers,
        receivers=entry.receivers,
        capabilities=frozenset(entry.capabilities),
        hazards=frozenset(entry.hazards),
        approval=entry.approval_minutes,
    )
