"""Withdrawing one's own last steps as entered by mistake, as actions beside their messages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.exchange import services
from noaber.apps.exchange.actions.model import Action, Scene, Spec, cleaned, plain
from noaber.apps.exchange.forms.common import MannerForm, WordsField
from noaber.apps.exchange.permissions import may_send
from noaber.apps.exchange.services import Appended, Manner
from noaber.core.messages.steps import find_corrections
from noaber.core.messages.thread import Step
from noaber.core.messages.transitions import StepKind


class CorrectionForm(forms.Form):
    reason = WordsField(label=_("Why it was a mistake"))


def _withdraw(action: Action, manner: Manner) -> Appended:
    return services.withdraw_mistake(
        action.acting, action.thread_id, action.subject, reason=cleaned(action)["reason"], manner=manner
    )


SPEC = Spec(
    _("Withdraw: entered by mistake"),
    _("Withdraw it"),
    plain(CorrectionForm),
    _withdraw,
    "",
    _("It no longer counts. Both sides still see what it said, struck through, with who withdrew it and why."),
)


def find_correction_actions(scene: Scene, data: Any = None) -> dict[str, Action]:
    """What the party may withdraw as a mistake now, by the id of the message; with `data`, bound to the posted one."""
    found: dict[str, Action] = {}
    for message_id in find_corrections(scene.thread, scene.party.code):
        message = scene.thread.find_message(message_id)
        if message is None or not may_send(scene.acting.roles, message.message_type):
            continue
        step = Step(StepKind.WITHDRAW_MISTAKE, message_id)
        is_posted = data is not None and (data.get("step"), data.get("subject")) == (step.kind.value, message_id)
        bound = data if is_posted else None
        auto_id = f"{step.kind.value}-{message_id[:8]}-%s"
        manner = MannerForm(bound, told_by=scene.told_by, has_words=True, auto_id=auto_id)
        found[message_id] = Action(scene, step, SPEC, CorrectionForm(bound, auto_id=auto_id), manner, (step,))
    return found
