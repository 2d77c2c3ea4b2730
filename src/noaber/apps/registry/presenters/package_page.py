"""The package of a capacity on its page: lines in words, certificates with how they stand, costs, who releases it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.registry.certificates import Standing, is_renewed, standing_of, standing_until
from noaber.apps.registry.coded import attribute_value_text, in_reader_language
from noaber.apps.registry.parts import BY_NAME, public_lines
from noaber.apps.registry.presenters.packages import PART_LABELS, day_words, line_words
from noaber.reference.vocabulary import load_attributes
from noaber.web import wording

STANDINGS: Final[Mapping[Standing, tuple[Promise, str, str]]] = {
    Standing.VALID: (gettext_lazy("valid"), "ok", "yes"),
    Standing.NOT_YET: (gettext_lazy("not valid yet"), "", "clock"),
    Standing.SOON: (gettext_lazy("runs out soon"), "warn", "clock"),
    Standing.EXPIRED: (gettext_lazy("run out"), "bad", "no"),
}
"""Words, colour and shape."""
_LISTED: Final = ("team", "vehicles", "kit", "needs")


@dataclass(frozen=True)
class CertificateView:
    words: str
    numbers: str
    tag: str
    icon: str
    state: str
    renewed: bool


@dataclass(frozen=True)
class CertificateAlert:
    """That a certificate has run out, or will soon: for lists and heads."""

    words: str
    tag: str
    icon: str


@dataclass(frozen=True)
class PackageView:
    """What a reader sees of it; `lists` are labels with their lines, `costs` and `limits` labels with a value."""

    lists: list[tuple[str, list[str]]]
    limits: list[tuple[str, str]]
    costs: list[tuple[str, str]]
    costs_basis: str
    released_by: str
    release_channel: str
    certificates: list[CertificateView]
    exercises: list[str]
    alert: CertificateAlert | None

    @property
    def is_empty(self) -> bool:
        return not (self.lists or self.limits or self.costs or self.certificates or self.exercises or self.released_by)


def certificate_alert(until: date | None, today: date) -> CertificateAlert | None:
    """What is said of a capacity whose first certificate runs out on a day; nothing while that is far."""
    match standing_until(until, today):
        case Standing.EXPIRED:
            return CertificateAlert(_("certificate run out"), "bad", "no")
        case Standing.SOON if until:
            return CertificateAlert(
                _("certificate until %(day)s") % {"day": wording.day_from(until, today)}, "warn", "clock"
            )
        case _:
            return None


def present_package(row: Any, today: date) -> PackageView:
    certificates = [_certificate(line, row.certificates, today) for line in row.certificates]
    return PackageView(
        lists=[(str(PART_LABELS[name]), lines) for name in _LISTED if (lines := _lines(row, name))],
        limits=limit_rows(row.attributes),
        costs=_costs(row),
        costs_basis=_basis(row),
        released_by=", ".join(filter(None, (row.release_function, row.release_organisation))),
        release_channel=row.release_channel,
        certificates=certificates,
        exercises=_lines(row, "exercises"),
        alert=certificate_alert(row.certified_until, today),
    )


def _lines(row: Any, name: str) -> list[str]:
    lines: Iterable[dict[str, Any]] = getattr(row, name)
    return [line_words(name, line) for line in (lines if row.is_kept else public_lines(BY_NAME[name], lines))]


def _certificate(line: dict[str, Any], others: Iterable[dict[str, Any]], today: date) -> CertificateView:
    standing = standing_of(line, today)
    state, tag, icon = STANDINGS[standing]
    renewed = standing in (Standing.EXPIRED, Standing.SOON) and is_renewed(line, others)
    spans = [
        _("from %(day)s") % {"day": day_words(line["valid_from"])} if "valid_from" in line else "",
        _("rules: %(rules)s") % {"rules": line["rule_version"]} if "rule_version" in line else "",
    ]
    return CertificateView(
        words=line_words("certificates", line),
        numbers=" · ".join(filter(None, spans)),
        tag="" if renewed else tag,
        icon="undo" if renewed else icon,
        state=_("renewed") if renewed else str(state),
        renewed=renewed,
    )


def _costs(row: Any) -> list[tuple[str, str]]:
    named = (
        (_("Mobilisation"), row.cost_mobilisation_eur),
        (_("Per day"), row.cost_per_day_eur),
        (_("Per km"), row.cost_per_km_eur),
    )
    return [
        (label, wording.euro(value, 2 if value != int(value) else 0)) for label, value in named if value is not None
    ]


def _basis(row: Any) -> str:
    as_of = _("as of %(day)s") % {"day": wording.day(row.cost_as_of)} if row.cost_as_of else ""
    return ", ".join(filter(None, (as_of, row.cost_basis)))


def limit_rows(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a team can bear at most, in the order of the list."""
    known = load_attributes()
    return [
        (in_reader_language(known[code].names), attribute_value_text(known[code], values[code]))
        for code in known
        if code in values and known[code].is_limit
    ]
