"""How own teams were alerted: here, or by phone, and whether their owners said yes already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.exchange.forms.common import MannerForm
from noaber.core.messages.model import Channel


class AlertForm(MannerForm):
    """The alert's manner; a confirmation is entered with it where it was said elsewhere."""

    is_confirmed = forms.BooleanField(label=_("They have confirmed already"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="alert-%s", **kwargs)
        self.fields["channel"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        here = Channel(cleaned.get("channel") or Channel.NOABER) is Channel.NOABER
        if here and cleaned.get("is_confirmed"):
            self.add_error("channel", _("Say how they confirmed. Those who are alerted in Noaber confirm there."))
        return cleaned
