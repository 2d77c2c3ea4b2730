"""The border certificate as it is printed: each label in four languages, as an officer of any may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import words
from noaber.apps.exchange.deployment_page import DeploymentPage
from noaber.apps.registry.queries import inventory
from noaber.core.messages.papers import Paper, missing_papers
from noaber.reference.texts import LANGUAGES
from noaber.reference.vocabulary import load_capabilities

LONG: Final = 160
"""Characters of a value that two columns cannot hold well."""
TITLE: Final = _("Border certificate for cross-border assistance")


@dataclass(frozen=True)
class Row:
    """One row of the certificate: its label in four languages, and what it says (empty: not known)."""

    labels: tuple[tuple[str, str], ...]
    values: tuple[str, ...]
    is_missing: bool = False
    """The texts ask for it, and nobody has entered it: to be completed by hand, or before departure."""

    @property
    def is_long(self) -> bool:
        """Whether it needs the width of the sheet."""
        return any(len(value) > LONG for value in self.values)


@dataclass(frozen=True)
class Certificate:
    titles: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    missing: str
    """What is missing, in words; empty where nothing is."""
    due_from: str
    """Who owes it."""


def make_certificate(page: DeploymentPage) -> Certificate:
    """The certificate of a deployment, with what was entered at the commitment."""
    data = page.certificate
    deployment, row = page.deployment, page.row
    papers = {
        str(label): paper
        for label, paper in (
            (_("Kind of help"), Paper.KIND_OF_HELP),
            (_("Kind of unit"), Paper.KIND_OF_UNIT),
            (_("Leader"), Paper.LEADER),
            (_("People"), Paper.HEAD_COUNT),
            (_("Vehicles"), Paper.VEHICLES),
        )
    }
    owed = missing_papers(data)
    sheets = [
        (_("Sent by"), (_named(row.supplier),)),
        (_("On request of"), (_named(row.consumer),)),
        (_("Under the text"), _text(page)),
        (_("Case"), (row.case_id,)),
        (_("Team"), _filled(f"{deployment.quantity} × {deployment.team_name}".rstrip(" ×"), deployment.home_unit)),
        (_("Kind of help"), _filled(_capability_in_all(deployment.capability), data.kind_of_help if data else "")),
        (_("Kind of unit"), _filled(data.kind_of_unit if data else "")),
        (_("Leader"), _filled(data.leader if data else "")),
        (_("People"), _filled(str(data.head_count) if data and data.head_count is not None else "")),
        (_("Vehicles"), data.vehicles if data else ()),
        (_("Border crossing"), _filled(data.crossing_point if data else "")),
        (_("Route"), _filled(data.route if data else "")),
        (_("Goods to declare"), _filled(data.goods if data else "")),
        (_("Destination"), _filled(page.destination)),
        (_("Order number"), _filled(deployment.order_id)),
    ]
    rows = tuple(Row(_in_all(label), tuple(values), papers.get(str(label)) in owed) for label, values in sheets)
    return Certificate(_in_all(TITLE), rows, missing=words.missing_papers(owed), due_from=row.supplier.code)


def _text(page: DeploymentPage) -> tuple[str, ...]:
    """The id of the text, and its title in each language as far as the reader's inventory holds it."""
    code = page.thread.agreement
    known = next((agreement for agreement in inventory(page.organisation) if agreement.id == code), None)
    titles = dict.fromkeys(known.title.in_language(language) for language in LANGUAGES) if known else {}
    return _filled(code, " · ".join(titles))


def _named(organisation: Organisation) -> str:
    names = dict.fromkeys(organisation.names.values())
    return f"{organisation.code}: {' · '.join(names)}" if names else organisation.code


def _filled(*values: str) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def _in_all(label: str | Promise) -> tuple[tuple[str, str], ...]:
    """The label in each language, equal ones once."""
    said: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            said.setdefault(str(label), language)
    return tuple((language, text) for text, language in said.items())


def _capability_in_all(code: str) -> str:
    known = load_capabilities().get(code)
    if known is None:
        return code
    return " · ".join(dict.fromkeys(known.names.in_language(language) for language in LANGUAGES))
