"""Mapping reports of the exercise: everything, with the minutes of one kind of help."""

from __future__ import annotations

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.reports.gather import Asked
from noaber.apps.reports.models import Report
from noaber.apps.reports.services import make_report_now
from noaber.web import clock
from registry_builders import NOW, make_acting

ASKED = Asked("flood", ("HCP",))


def make_one(code: str = "NL-NCC", *, tlp: str = "GREEN") -> Report:
    """A report as that organisation sees the mapping when the exercise begins."""
    acting = make_acting(Organisation.objects.get(code=code), Role.PLANNER)
    with clock.at(NOW):
        return make_report_now(acting, ASKED, status="Exercise", tlp=tlp)
