"""Who is there and what is to be done: capacities, contacts, recommendations with their actions, campaigns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.actions.enums import ActionState, RecommendationState
from noaber.apps.registry.coded import capability_name, territory_name
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.presenters.contact_gaps import WORDS as CONTACT_WORDS
from noaber.apps.reports.facts import ActionFact, AdviceFact, CampaignFact, Content
from noaber.apps.reports.parts import ReportTable, Section, Shown
from noaber.apps.reports.words import in_language, organisation_name
from noaber.web import wording
from noaber.web.pdf import Cell, Matrix, Paragraph, Run, Text
from noaber.web.tables import Column

_CONTACT_CELLS = {
    "fresh": ("●", "yes"),
    "soon": ("◐", "yes"),
    "expired": ("!", "unknown"),
    "never": ("?", "unknown"),
    "missing": ("–", "none"),
}


@dataclass(frozen=True)
class _Help:
    """One capability: who has how many teams of it."""

    code: str
    teams: int
    owners: tuple[tuple[str, int], ...]


def capacities(content: Content) -> Section:
    """Help by help, with its owners."""
    teams: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for owner in content.owners:
        for capability, count in owner.teams.items():
            teams[capability].append((owner.code, count))
    rows = [
        _Help(code, sum(count for _owner, count in found), tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))))
        for code, found in teams.items()
    ]
    lead = _("Teams that may go, as their owners let %(organisation)s see them on %(day)s.") % {
        "organisation": content.organisation,
        "day": wording.day(content.on),
    }
    table = ReportTable(
        key="capacities",
        caption=_("Teams that may go, by kind of help"),
        columns=(
            Shown(Column("help", _("Help"), lambda row: capability_name(row.code)), _help_cell, 2.4),
            Shown(
                Column("teams", _("Teams"), lambda row: row.teams, numeric=True),
                lambda row: wording.number(row.teams),
                "auto",
            ),
            Shown(
                Column("count", _("Owners"), lambda row: len(row.owners), numeric=True),
                lambda row: wording.number(len(row.owners)),
                "auto",
            ),
            Shown(Column("owners", _("Who has most"), _owners), _owners, 4),
        ),
        rows=rows,
        default="-teams",
        empty=_("No capacity is seen."),
    )
    return Section("capacities", _("Capacities"), (Paragraph(lead, quiet=True), table))


def _help_cell(row: _Help) -> Text:
    return capability_name(row.code)


_MOST_OWNERS = 6


def _owners(row: _Help) -> str:
    able = [f"{code} {count}" for code, count in row.owners if count]
    return ", ".join((*able[:_MOST_OWNERS], "…") if len(able) > _MOST_OWNERS else able)


def contacts(content: Content) -> Section:
    """Every organisation with every field."""
    legend = [(Cell(*_CONTACT_CELLS[state]), str(words)) for state, words in CONTACT_WORDS.items()]
    table = Matrix(
        corner=_("Organisation"),
        columns=[str(label) for label in ContactField.labels],
        rows=[
            (contact.code, [Cell(*_CONTACT_CELLS[contact.fields[field]]) for field in ContactField.values])
            for contact in content.contacts
        ],
        caption=_("Functions that can be rung, as of %(day)s") % {"day": wording.day(content.on)},
        legend=legend,
    )
    return Section("contacts", _("Contact points"), (table,))


# recommendations


def advice(content: Content) -> Section:
    table = ReportTable(
        key="recommendations",
        caption=_("Recommendations and what came of them, as of %(day)s") % {"day": wording.day(content.on)},
        columns=(
            Shown(Column("number", _("Number"), lambda row: row.number), lambda row: row.number, "auto"),
            Shown(Column("text", _("Recommendation"), lambda row: row.text), _advice_cell, 4),
            Shown(Column("state", _("State"), _state), _state, 1.4),
            Shown(Column("actions", _("Actions"), _action_numbers), _actions_cell, 3),
        ),
        rows=content.advice,
        default="number",
        empty=_("Nothing was recommended yet."),
    )
    return Section("recommendations", _("Recommendations"), (table,))


def _advice_cell(row: AdviceFact) -> Text:
    where = " – ".join(map(territory_name, row.parties))
    made = ", ".join(part for part in (row.made_by, wording.day(row.made_on), where) if part)
    return (Run(row.text, language=row.language), "\n", Run(made, quiet=True))


def _state(row: AdviceFact) -> str:
    return str(RecommendationState(row.state).label)


def _action_numbers(row: AdviceFact) -> str | None:
    return ", ".join(action.number for action in row.actions) or None


def _actions_cell(row: AdviceFact) -> Text:
    if not row.actions:
        return Run(pgettext("actions", "none yet"), quiet=True)
    last = len(row.actions) - 1
    return [part for number, action in enumerate(row.actions) for part in _action(action, number == last)]


def _action(action: ActionFact, is_last: bool) -> tuple[Run, Run]:
    due = wording.day(action.due_on) if action.due_on else _("no day")
    state = _("late") if action.late else str(ActionState(action.state).label)
    return (
        Run(f"{action.number} {action.title}\n", language=action.language),
        Run(f"{action.responsible}, {due}, {state}" + ("" if is_last else "\n"), quiet=True),
    )


# campaigns


def campaigns(content: Content) -> Section:
    """What each organisation answered and signed."""
    table = ReportTable(
        key="campaigns",
        caption=_("Campaigns of the mapping, as of %(day)s") % {"day": wording.day(content.on)},
        columns=(
            Shown(Column("campaign", _("Campaign"), lambda row: in_language(row.titles)), _campaign_cell, 2.4),
            Shown(
                Column("organisation", _("Organisation"), lambda row: organisation_name(row.organisation)),
                lambda row: organisation_name(row.organisation),
                2.4,
            ),
            Shown(
                Column("answered", _("Answered"), lambda row: row.answered, numeric=True),
                _answered,
            ),
            Shown(
                Column("unknown", _("Unknown"), lambda row: row.unknown, numeric=True),
                lambda row: wording.number(row.unknown),
            ),
            Shown(Column("signed", _("Signed"), lambda row: row.signed_on), _signed_cell, 1.6),
        ),
        rows=content.campaigns,
        default="campaign",
        empty=_("No campaign is seen."),
    )
    return Section("campaigns", _("Campaigns"), (table,))


def _campaign_cell(row: CampaignFact) -> Text:
    until = _("until %(day)s") % {"day": wording.day(row.deadline)}
    return (in_language(row.titles) or row.code, "\n", Run(until, quiet=True))


def _answered(row: CampaignFact) -> str:
    return _("%(done)s of %(total)s") % {"done": wording.number(row.answered), "total": wording.number(row.asked)}


def _signed_cell(row: CampaignFact) -> Text:
    if row.signed_on is None:
        return Run(_("not signed"), quiet=True)
    return _("version %(version)s on %(day)s") % {"version": row.version, "day": wording.day(row.signed_on)}
