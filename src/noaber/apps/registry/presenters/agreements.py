"""A text, and the answer to “who may help”, as facts for a page. What is unknown stays visible as such."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.registry.coded import capability_name, hazard_name, territory_name
from noaber.apps.registry.presenters.legal_words import (
    ASPECT_DOUBTS,
    ASPECT_REFUSALS,
    CERTIFICATES,
    COST_RULES,
    DETAILS,
    FIELDS,
    TRIGGERS,
)
from noaber.core.agreements import (
    ANY,
    ESTABLISHED_FIELDS,
    EVERYTHING,
    NOT_ESTABLISHED,
    UNKNOWN,
    Absent,
    Agreement,
    Authority,
    Basis,
    CertificateRule,
    CostRule,
    Finding,
    Match,
    Scope,
    Stated,
    Territories,
    Trigger,
    Wording,
)
from noaber.core.agreements.approvals import ApprovalAssumption
from noaber.reference.legal_texts import channel_names, role_names
from noaber.web import wording
from noaber.web.reader import reader_language

Inventory = Mapping[str, Agreement]


@dataclass(frozen=True)
class Line:
    """One thing that a fact says; `language` is set where it is not the reader's."""

    text: str
    language: str = ""
    quiet: str = ""


@dataclass(frozen=True)
class Fact:
    """One field of a text.

    Parameters
    ----------
    lines
        What it says; empty where it is unknown.
    supposed
        What is supposed meanwhile, where it is unknown.
    by
        The title of the text that states it, where that is another one.
    """

    name: str
    label: str
    lines: tuple[Line, ...]
    supposed: str = ""
    by: str = ""

    @property
    def is_unknown(self) -> bool:
        """A field that one can establish, and nobody has; an empty list of relations is no unknown."""
        return not self.lines and self.name in ESTABLISHED_FIELDS


def title_of(agreement: Agreement) -> str:
    return agreement.title.in_language(reader_language())


def fact_of(agreement: Agreement, name: str) -> Fact:
    """One field that can be established, as it stands in the text itself."""
    return _fact(name, getattr(agreement, name), agreement)


def facts_of_basis(basis: Basis, inventory: Inventory) -> list[Fact]:
    """What holds for one help under a text, with what it takes from the text that it carries out."""
    text = basis.agreement
    stated: list[tuple[str, Stated[Any]]] = [
        ("requester_roles", basis.requesters),
        ("granter_roles", basis.granters),
        ("channels", basis.channels),
        ("trigger", basis.trigger),
        ("border_rule", basis.border_rule),
        ("certificate_required", basis.certificate_required),
        ("command_rule", basis.command_rule),
        ("liability_rule", basis.liability_rule),
        ("claim_deadline", basis.claim_deadline),
    ]
    own = [_fact(name, getattr(text, name), text) for name in ("signed", "in_force")]
    rules = [_stated_fact(name, value, text, inventory) for name, value in stated]
    return [*own, *rules, _fact("help_types", text.help_types, text)]


def channel_lines(basis: Basis) -> tuple[Line, ...]:
    """Through which channels one asks under a text; nothing where it is unknown."""
    return _stated_fact("channels", basis.channels, basis.agreement, {}).lines


def cost_fact(basis: Basis, inventory: Inventory) -> Fact:
    """Who pays, with the exceptions."""
    fact = _stated_fact("cost_rule", basis.cost_rule, basis.agreement, inventory)
    exceptions = tuple(wording_line(exception) for exception in basis.cost_exceptions.value)
    return Fact(fact.name, fact.label, (*fact.lines, *exceptions) if fact.lines else (), fact.supposed, fact.by)


def cost_exceptions(basis: Basis) -> list[Line]:
    """Where the cost rule does not hold, also where the rule itself is unknown."""
    return [wording_line(exception) for exception in basis.cost_exceptions.value]


def signer_words(basis: Basis) -> Fact:
    """Whose signature carries the request."""
    return _stated_fact("requester_roles", basis.signers, basis.agreement, {})


def _stated_fact(name: str, stated: Stated[Any], text: Agreement, inventory: Inventory) -> Fact:
    origin = inventory.get(stated.by, text)
    fact = _fact(name, stated.value, origin)
    by = title_of(origin) if origin.id != text.id and fact.lines else ""
    return Fact(fact.name, fact.label, fact.lines, fact.supposed, by)


def _fact(name: str, value: Any, text: Agreement) -> Fact:
    remark = text.remarks.get(name)
    supposed = remark.supposed.in_language(reader_language()) if remark and remark.supposed else ""
    return Fact(name, str(FIELDS[name]), tuple(_lines(name, value)), supposed)


def _lines(name: str, value: Any) -> Iterable[Line]:
    """What a value says; nothing where it is unknown."""
    match value:
        case Absent():
            return [] if value is UNKNOWN else [Line(_absent_words(name))]
        case date():
            return [Line(wording.day(value))]
        case Wording():
            return [wording_line(value)]
        case CostRule():
            return [Line(str(COST_RULES[value]))]
        case Trigger():
            return [Line(str(TRIGGERS[value]))]
        case CertificateRule():
            return [Line(str(CERTIFICATES[value]))]
        case Scope():
            return _scope_lines(name, value)
        case Territories():
            return _territory_lines(value)
        case tuple():
            return [_authority_line(item) if isinstance(item, Authority) else _channel_line(item) for item in value]
        case _:
            raise TypeError(f"no words for {value!r}")


def _absent_words(name: str) -> str:
    return _("No end is known.") if name == "valid_until" else _("The text says nothing of it.")


def wording_line(value: Wording) -> Line:
    """A wording in the reader’s language; marked where it has none in it."""
    language = value.language_for(reader_language())
    return Line(value.in_language(language), "" if language == reader_language() else language)


def _authority_line(authority: Authority) -> Line:
    names = role_names().get(authority.role)
    words = names.in_language(reader_language()) if names else authority.role
    side = "" if authority.territory == ANY else territory_name(authority.territory)
    parts = [part for part in (authority.organisation, side) if part]
    relays = "" if authority.signs else _("relays, does not sign")
    return Line(f"{words} ({', '.join(parts)})" if parts else words, quiet=relays)


def _channel_line(code: str) -> Line:
    names = channel_names().get(code)
    return Line(names.in_language(reader_language()) if names else code)


def _scope_lines(name: str, scope: Scope) -> list[Line]:
    if scope == NOT_ESTABLISHED:
        return []
    if scope == EVERYTHING:
        return [Line(_("every kind of help") if name == "help_types" else _("every hazard"))]
    if not scope.covers_anything:
        return [Line(_("The text gives no help."))]
    names = capability_name if name == "help_types" else hazard_name
    return list(_listed_scope(scope, names))


def _listed_scope(scope: Scope, name_of: Any) -> Iterable[Line]:
    if scope.otherwise is Match.YES:
        yield Line(_("everything else"))
    if scope.yes:
        yield Line(_join(name_of(code) for code in sorted(scope.yes)))
    if scope.no:
        yield Line(_join(name_of(code) for code in sorted(scope.no)), quiet=_("not covered"))
    if scope.unknown:
        yield Line(_join(name_of(code) for code in sorted(scope.unknown)), quiet=_("not established"))
    if scope.otherwise is Match.UNKNOWN:
        yield Line(_("anything else"), quiet=_("not established"))


def _territory_lines(territories: Territories) -> list[Line]:
    lines = [Line(_place(code)) for code in territories.codes]
    return [
        *lines,
        *(Line(_place(code), quiet=_("some part of it; which is not established")) for code in territories.within),
    ]


def _place(code: str) -> str:
    return _("everywhere") if code == ANY else f"{territory_name(code)} ({code})"


def _join(names: Iterable[str]) -> str:
    return ", ".join(names)


def doubt_words(finding: Finding) -> str:
    """Why it is not sure that a text covers the question."""
    return str(DETAILS.get(finding.detail) or ASPECT_DOUBTS[finding.aspect])


def refusal_words(finding: Finding) -> str:
    """Why a text does not cover the question."""
    return str(DETAILS.get(finding.detail) or ASPECT_REFUSALS[finding.aspect])


def open_words(count: int) -> str:
    """3 facts open."""
    return ngettext("%(count)s fact open", "%(count)s facts open", count) % {"count": count}


def assumption_words(assumption: ApprovalAssumption) -> str:
    """25 min, assumed by whom and since when; the page marks it."""
    return _("assumed by %(who)s, as of %(day)s") % {
        "who": f"{assumption.organisation}, {assumption.owner}",
        "day": wording.day(assumption.as_of),
    }
