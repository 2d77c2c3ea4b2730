"""The kinds and states of what is known before anything happens."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CapacityState(TextChoices):
    """What the owner says of a capacity, apart from deployments that run through Noaber."""

    AVAILABLE = "available", _("available")
    REDUCED = "reduced", _("reduced")
    COMMITTED = "committed", _("committed elsewhere")
    OUT_OF_SERVICE = "out-of-service", _("out of service")


class ContactField(TextChoices):
    """For what one rings a contact point."""

    DUTY = "duty", _("duty desk")
    OPERATIONS = "operations", _("operations")
    LIAISON = "liaison", _("liaison")
    BORDER = "border", _("border and customs")
    MEDICAL = "medical", _("medical")
    NUCLEAR = "nuclear", _("nuclear and radiation")
    PUBLIC_INFORMATION = "public-information", _("public information")
    LEGAL = "legal", _("agreements and costs")
    POLICY = "policy", _("cooperation and meetings")


class ContactCheck(TextChoices):
    """What came of trying a contact point."""

    ANSWERED = "answered", _("rang it, and it answered")
    NO_ANSWER = "no-answer", _("rang it, and nobody answered")
    NOT_RUNG = "not-rung", _("still right, not rung")


class UploadPhase(TextChoices):
    """How far an uploaded file is."""

    WAITING = "waiting", _("waiting")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    WRITING = "writing", _("being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("not imported")


class AgreementOrigin(TextChoices):
    """Where a text in the inventory comes from."""

    REFERENCE = "reference", _("reference data")
    LOCAL = "local", _("written down here")
