"""What an organisation may do now with a request or a deployment, as forms: exactly the steps that the flow allows.

Each action knows its form, its button and the service that takes it. A page shows the actions; the same page, when
it is posted to, finds the action again and takes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from noaber.apps.exchange.actions import deployments, requests
from noaber.apps.exchange.actions.corrections import find_correction_actions
from noaber.apps.exchange.actions.model import Action, AnyForm, MakeForm, Scene, Spec
from noaber.apps.exchange.forms.common import MannerForm, has_words
from noaber.apps.exchange.sheets import AnswerSheet, OrderSheet
from noaber.core.messages.thread import Step
from noaber.core.messages.transitions import StepKind as S

SPECS: dict[S, Spec] = {**requests.SPECS, **deployments.SPECS}
"""By kind of step. Asking for and giving a price has no page yet: it comes by message only."""

REQUEST_KINDS = tuple(requests.SPECS)
DEPLOYMENT_KINDS = tuple(deployments.SPECS)

SHARED: dict[S, str] = {S.ANSWER_LINE: "answer", S.REVISE_OFFER: "answer", S.REQUISITION: "order"}
"""Steps of these kinds are covered by one form each."""

__all__ = [
    "DEPLOYMENT_KINDS",
    "REQUEST_KINDS",
    "SPECS",
    "Action",
    "Scene",
    "find_actions",
    "find_correction_actions",
    "find_posted",
]


def find_actions(scene: Scene, kinds: Iterable[S], *, subject: str = "", data: Any = None) -> list[Action]:
    """The actions of some kinds; with `data`, bound to the posted one."""
    wanted = set(kinds)
    steps = [step for step in scene.steps() if step.kind in wanted and subject in ("", step.subject_id)]
    return [_action(scene, group, data) for group in _groups(steps)]


def _groups(steps: list[Step]) -> list[tuple[Step, ...]]:
    """The steps that one form covers together."""
    groups: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        shared = SHARED.get(step.kind)
        groups.setdefault((shared, "") if shared else (step.kind.value, step.subject_id), []).append(step)
    return [tuple(group) for group in groups.values()]


def _action(scene: Scene, steps: tuple[Step, ...], data: Any) -> Action:
    first = steps[0]
    bound = data if data is not None and _is_posted(steps, data) else None
    auto_id = f"{first.kind.value}-{scene.thread.thread_id[:4]}{first.subject_id[-6:]}-%s".replace(".", "-")
    spec = SPECS[first.kind]
    maker = _sheet(steps) if first.kind in SHARED else spec.make
    form = maker(scene, first, bound, auto_id)
    writes = isinstance(form, AnswerSheet) or has_words(form)
    manner = MannerForm(bound, told_by=scene.told_by, has_words=writes, auto_id=auto_id)
    return Action(scene, first, spec, form, manner, steps)


def _is_posted(steps: Iterable[Step], data: Any) -> bool:
    kind, subject = data.get("step", ""), data.get("subject", "")
    return any(step.kind.value == kind and subject in ("", step.subject_id) for step in steps)


def _sheet(steps: tuple[Step, ...]) -> MakeForm:
    def make(scene: Scene, step: Step, data: Any, auto_id: str) -> AnyForm:
        ids = {kind: [item.subject_id for item in steps if item.kind is kind] for kind in SHARED}
        if step.kind is S.REQUISITION:
            return OrderSheet.make(scene.thread, ids[S.REQUISITION], data)
        return AnswerSheet.make(scene.thread, ids[S.ANSWER_LINE], ids[S.REVISE_OFFER], scene.asker, data)

    return make


def find_posted(actions: Iterable[Action], data: Any) -> Action | None:
    """The action that was posted; None where it is not possible (any more)."""
    return next((action for action in actions if _is_posted(action.covered, data)), None)
