"""How one record has to do with another."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Relation(TextChoices):
    """Read from the first record to the second."""

    LED_TO = "led-to", _("led to")
    SERVES = "serves", _("serves")
    SHOWS = "shows", _("is evidence of")
    ABOUT = "about", _("is about")


BACKWARDS: Final[dict[str, str | Promise]] = {
    Relation.LED_TO: _("came from"),
    Relation.SERVES: _("is served by"),
    Relation.SHOWS: _("has as evidence"),
    Relation.ABOUT: _("is spoken of in"),
}
"""The same relations, read from the second record to the first."""


class DocumentKind(TextChoices):
    """What sort of document it is."""

    MINUTES = "minutes", pgettext_lazy("document", "minutes")
    REPORT = "report", pgettext_lazy("document", "report")
    PLAN = "plan", _("plan or programme")
    PRACTICE = "practice", _("practice or guideline")
    EXERCISE = "exercise", _("exercise document")
    SLIDES = "slides", _("presentation")
    TEXT = "text", _("legal text")
    FORM = "form", _("form or model message")
    OTHER = "other", _("other document")
