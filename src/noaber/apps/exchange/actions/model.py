"""Who looks at an exchange, what may be done there, and how a kind of step is offered on a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.forms.common import MannerForm
from noaber.apps.exchange.permissions import may_take
from noaber.apps.exchange.presenters import subject_words
from noaber.apps.exchange.services import Appended, Manner
from noaber.apps.exchange.sheets import AnswerSheet, Asker, OrderSheet
from noaber.core.messages.steps import possible_steps
from noaber.core.messages.thread import Step, Thread
from noaber.core.messages.transitions import StepKind as S

AnyForm = forms.Form | AnswerSheet | OrderSheet | None


@dataclass(frozen=True)
class Scene:
    """Who looks at which exchange, and for whom they would act.

    Parameters
    ----------
    party
        The organisation whose steps are shown: the own one, or the other side, where we enter what it told us.
    """

    acting: Acting
    thread: Thread
    party: Organisation
    asker: Asker

    @property
    def told_by(self) -> str:
        """The other side's code where we speak for it; else empty."""
        return "" if self.party.pk == self.acting.organisation.pk else self.party.code

    def steps(self) -> list[Step]:
        """What the party may do now, as far as the role allows it."""
        return [step for step in possible_steps(self.thread, self.party.code) if may_take(self.acting.roles, step.kind)]


Take = Callable[["Action", Manner], Appended]
MakeForm = Callable[["Scene", Step, Any, str], AnyForm]


@dataclass
class Action:
    """One step with its form."""

    scene: Scene
    step: Step
    spec: Spec
    form: AnyForm
    manner: MannerForm
    covered: tuple[Step, ...]
    """All steps that the form covers; most cover one."""

    @property
    def kind(self) -> S:
        return self.step.kind

    @property
    def subject(self) -> str:
        return self.step.subject_id

    @property
    def acting(self) -> Acting:
        return self.scene.acting

    @property
    def thread_id(self) -> str:
        return self.scene.thread.thread_id

    @property
    def about(self) -> str:
        return subject_words(self.scene.thread, self.subject)

    def is_valid(self) -> bool:
        is_fine = self.form is None or self.form.is_valid()
        return self.manner.is_valid() and is_fine

    def take(self) -> Appended:
        """Take the step; call it once the action is valid."""
        return self.spec.take(self, self.manner.manner())


@dataclass(frozen=True)
class Spec:
    """How a kind of step is offered."""

    title: str | Promise
    button: str | Promise
    make: MakeForm
    take: Take
    tone: str = ""
    help: str | Promise = ""


def plain(form: type[forms.Form]) -> MakeForm:
    """Makes a form that needs to know nothing of the exchange."""

    def make(scene: Scene, step: Step, data: Any, auto_id: str) -> AnyForm:
        return form(data, auto_id=auto_id)

    return make


def none(scene: Scene, step: Step, data: Any, auto_id: str) -> AnyForm:
    """For a step that needs no form, or whose form covers several steps (`find_actions`)."""
    return None


def cleaned(action: Action) -> dict[str, Any]:
    """What was typed into the action's form, once it is valid."""
    assert isinstance(action.form, forms.Form)  # noqa: S101 - a spec pairs its form and its taker
    return action.form.cleaned_data
