"""From a plan, or an officer's own choice, to drafts of requests: one for each centre and text. Nothing is sent.

A request stands on one text, which decides on its cost and its sign-off; so a centre that is asked under two texts gets
two requests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.asking import addressee_of, all_organisations
from noaber.apps.exchange.draft_lines import DraftLine, decode_lines
from noaber.apps.exchange.legal import find_ground
from noaber.apps.exchange.models import RequestDraft
from noaber.apps.exchange.queries import drafts_of_case
from noaber.apps.exchange.services.drafts import DraftData, create_draft, discard_draft
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Incident, Need, Proposal
from noaber.apps.planner.queries.staleness import check_current
from noaber.apps.planner.services.incidents import check_may_change, lock_incident, log
from noaber.core.agreements import Level
from noaber.core.problems import NotAllowed
from noaber.web.clock import now
from noaber.web.written_in import UNKNOWN_LANGUAGE


@dataclass
class PlannedRequest:
    """What one draft asks for one need: how many teams, and which ones the plan thought of, a unit id for each."""

    quantity: int = 0
    units: list[str] = field(default_factory=list)


Bundles = dict[tuple[str, str], dict[str, PlannedRequest]]
"""By the code of who is asked and the id of the text, then by the need's code."""


def bundle_lines(proposal: Proposal, incident: Incident, *, asker: str) -> Bundles:
    """The plan's lines for one incident as requests: by addressee and text, then by need.

    Own teams are not asked for: they are alerted (`services/alerting.py`).
    """
    organisations = all_organisations()
    bundles: Bundles = {}
    for line in proposal.lines_for(incident.number):
        unit = proposal.units[line["unit"]]
        abroad = unit["territory"][:2] != incident.country
        if not abroad:
            continue
        supplier = addressee_of(unit["owner"], organisations, abroad=abroad)
        if supplier.code == asker:
            continue
        text = proposal.texts[line["agreement"]]["agreement"] if line["agreement"] else ""
        asked = bundles.setdefault((supplier.code, text), {}).setdefault(line["need"], PlannedRequest())
        asked.quantity += line["quantity"]
        asked.units += [line["unit"]] * line["quantity"]
    return bundles


@transaction.atomic
def draft_requests(
    acting: Acting, proposal: Proposal, *, language: str, incident: Incident | None = None
) -> list[RequestDraft]:
    """One draft for each centre to ask, for each text that its lines stand on, and for each incident.

    Drafts that came of a plan for the same incident before and were not sent are discarded, unless they say the same: a
    colleague who does this at the same moment gets the same drafts, with their sign-off. Those by hand stay.

    Parameters
    ----------
    incident
        Only what goes to this one is drafted; where it is None, what goes to any incident of the plan for which it
        was not sent yet.

    Raises
    ------
    NotAllowed
        Where there is a newer plan, requests of this one were sent, or the needs are no longer those it was made for.
    """
    acting.check_may(Permission.SEND_REQUEST)
    covered = {one.number: one for one in _lock_covered(proposal, incident)}
    for one in covered.values():
        check_may_change(acting, one)
    status = next(iter(covered.values())).status
    drafts: list[RequestDraft] = []
    for number in check_current(acting, proposal, status, covered):
        drafts += _draft(acting, proposal, covered[number], language=language)
    return drafts


def _lock_covered(proposal: Proposal, only: Incident | None) -> list[Incident]:
    """The incidents to draft for, as they are now, held until the transaction ends; always in the same order."""
    covered = proposal.incidents.order_by("pk").select_for_update()
    found = list(covered.filter(closed_at=None) if only is None else covered.filter(pk=only.pk))
    if not found:
        raise NotAllowed("incident.plan-outdated")
    return found


def _draft(acting: Acting, proposal: Proposal, incident: Incident, *, language: str) -> list[RequestDraft]:
    former = [draft for draft in drafts_of_case(acting.organisation, incident.number) if _came_of_a_plan(draft)]
    wanted = list(_wanted(proposal, incident, asker=acting.organisation.code, language=language))
    kept = [draft for draft in former if any(_says(draft, data) for data in wanted)]
    for draft in former:
        if draft not in kept:
            discard_draft(acting, draft)
    new = [data for data in wanted if not any(_says(draft, data) for draft in kept)]
    drafts = [*kept, *(create_draft(acting, data) for data in new)]
    if new:
        proposal.used_at = now()
        proposal.save(update_fields=["used_at"])
        log(incident, acting, EventKind.DRAFTED, suppliers=[draft.supplier.code for draft in drafts])
    return drafts


def _wanted(proposal: Proposal, incident: Incident, *, asker: str, language: str) -> Iterator[DraftData]:
    """What the plan asks, as drafts that may be there already."""
    organisations = all_organisations()
    needs = {need.code: need for need in incident.needs.all()}
    for (supplier, text), asked in bundle_lines(proposal, incident, asker=asker).items():
        yield _draft_data(incident, organisations[supplier], text, _lines(needs, asked), language)


SAID = ("supplier", "agreement", "hazard", "territory", "lon", "lat", "reception_point", "tlp")


def _says(draft: RequestDraft, data: DraftData) -> bool:
    """Whether a draft asks this already; its note, contact and sign-off are its own."""
    same = all(getattr(draft, name) == getattr(data, name) for name in SAID)
    return same and decode_lines(draft.lines) == data.lines


@transaction.atomic
def draft_by_hand(
    acting: Acting, incident: Incident, supplier: Organisation, lines: Iterable[DraftLine], *, language: str
) -> RequestDraft:
    """A draft to one organisation, without a plan; it stands on the surest text there is, if there is one."""
    acting.check_may(Permission.SEND_REQUEST)
    check_may_change(acting, lock_incident(incident))
    asked = tuple(lines)
    text = _surest_text(acting, incident, supplier, asked)
    draft = create_draft(acting, _draft_data(incident, supplier, text, asked, language))
    log(incident, acting, EventKind.DRAFTED, suppliers=[supplier.code])
    return draft


def _came_of_a_plan(draft: RequestDraft) -> bool:
    return not draft.replaces and any(line.planned_units for line in decode_lines(draft.lines))


def _surest_text(acting: Acting, incident: Incident, supplier: Organisation, lines: tuple[DraftLine, ...]) -> str:
    ground = find_ground(
        acting.organisation,
        "",
        owner=supplier,
        place_territory=incident.territory,
        capability=lines[0].capability if lines else None,
        hazard=incident.hazard,
        on=now().date(),
    )
    if ground.is_home:
        return ""
    usable = [basis.agreement for basis in ground.usable if basis.agreement.level is not Level.UNION]
    return usable[0].id if usable else ""


def _draft_data(
    incident: Incident, supplier: Organisation, text: str, lines: tuple[DraftLine, ...], language: str
) -> DraftData:
    return DraftData(
        supplier=supplier,
        status=incident.status,
        case_id=incident.number,
        incident_text=incident.title,
        incident_language=incident.language,
        territory=incident.territory,
        lines=lines,
        language=language,
        hazard=incident.hazard,
        agreement=text,
        reception_point=incident.reception_point or incident.place,
        lon=incident.lon,
        lat=incident.lat,
        tlp=incident.tlp,
    )


def _lines(needs: Mapping[str, Need], asked: Mapping[str, PlannedRequest]) -> tuple[DraftLine, ...]:
    return tuple(_lines_of(needs, asked))


def _lines_of(needs: Mapping[str, Need], asked: Mapping[str, PlannedRequest]) -> Iterator[DraftLine]:
    for code, one in asked.items():
        if code in needs:
            yield line_for(needs[code], one.quantity, tuple(one.units))


def line_for(need: Need, quantity: int, planned_units: tuple[str, ...] = ()) -> DraftLine:
    """So many teams for a need, as a line of a request."""
    return DraftLine(
        capability=need.capability,
        quantity=quantity,
        priority=need.priority,
        needed_by=need.needed_by,
        useless_after=need.useless_after,
        need_id=need.code,
        function=need.function,
        function_language=need.language or UNKNOWN_LANGUAGE if need.function else "",
        planned_units=planned_units,
    )
