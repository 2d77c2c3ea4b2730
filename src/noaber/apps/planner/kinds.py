"""Incidents as links and search know them; of the node's own status, since Actual, Exercise and Test never mix."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.kinds import Kind, add_kind
from noaber.apps.planner.models import Incident


def add_kinds() -> None:
    add_kind(Kind("incident", _("incident"), _("incidents"), "assistance", Incident, _incidents, str))


def _incidents(reader: Organisation) -> QuerySet[Incident]:
    return Incident.objects.visible_to(reader).filter(status=settings.NOABER_STATUS)
