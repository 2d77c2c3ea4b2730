"""What is kept of a draft that was withdrawn: when, by whom, and why."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.plans.enums import PlanState
from noaber.core.messages.model import FreeText

_IS_WITHDRAWN: Final = Q(state=PlanState.WITHDRAWN, withdrawn_at__isnull=False, adopted_on__isnull=True)
_STANDS: Final = ~Q(state=PlanState.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawal="")
WITHDRAWN_WITH_A_REASON: Final = _IS_WITHDRAWN & ~Q(withdrawal="") | _STANDS
"""What holds of every plan: one that was withdrawn says why and never was adopted, no other says so."""


class Withdrawable(models.Model):
    """All of it is empty while it was not withdrawn."""

    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=200, blank=True)
    withdrawal = models.TextField(_("why it was withdrawn"), blank=True)
    withdrawal_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)

    class Meta:
        abstract = True

    @property
    def why_withdrawn(self) -> FreeText:
        return FreeText(self.withdrawal, self.withdrawal_language)

    @property
    def withdrawer(self) -> str:
        return read_function(self.withdrawn_by)
