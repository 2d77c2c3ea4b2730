"""The steps of a deployment, as actions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from noaber.apps.exchange import services
from noaber.apps.exchange.actions.model import Action, AnyForm, Scene, Spec, cleaned, none, plain
from noaber.apps.exchange.forms import deployments as forms
from noaber.apps.exchange.forms.certificates import PapersForm, initial_of
from noaber.apps.exchange.services import Appended, Manner
from noaber.core.messages.model import DeploymentStatus, ResponseType
from noaber.core.messages.thread import Step
from noaber.core.messages.transitions import StepKind as S


def _report_form(scene: Scene, step: Step, data: Any, auto_id: str) -> AnyForm:
    outcomes = [DeploymentStatus(state.value) for state in step.outcomes]
    deployment = scene.thread.find_deployment(step.subject_id)
    certificate = deployment.certificate if deployment else None
    crossing = certificate.crossing_point if certificate else ""
    return forms.ReportForm(data, outcomes=outcomes, crossing_point=crossing, auto_id=auto_id)


def _extension_form(scene: Scene, step: Step, data: Any, auto_id: str) -> AnyForm:
    """Begins with the end that is agreed now."""
    deployment = scene.thread.find_deployment(step.subject_id)
    return forms.AskExtensionForm(data, auto_id=auto_id, initial={"until": deployment.end_at if deployment else None})


def _report(action: Action, manner: Manner) -> Appended:
    form = action.form
    assert isinstance(form, forms.ReportForm)  # noqa: S101 - by the spec
    typed = form.cleaned_data
    return services.report_deployment(
        action.acting,
        action.thread_id,
        action.subject,
        status=DeploymentStatus(typed["status"]),
        at=typed["at"],
        location=form.location(),
        estimated_arrival_at=typed["estimated_arrival_at"],
        note=typed["note"],
        manner=manner,
    )


def _papers_form(scene: Scene, step: Step, data: Any, auto_id: str) -> AnyForm:
    """Begins with what is known."""
    deployment = scene.thread.find_deployment(step.subject_id)
    return PapersForm(data, auto_id=auto_id, initial=initial_of(deployment.certificate if deployment else None))


def _give_papers(action: Action, manner: Manner) -> Appended:
    form = action.form
    assert isinstance(form, PapersForm)  # noqa: S101 - by the spec
    return services.report_deployment(
        action.acting,
        action.thread_id,
        action.subject,
        status=None,
        certificate=form.certificate(),
        manner=manner,
    )


def _note(action: Action, manner: Manner) -> Appended:
    form = action.form
    assert isinstance(form, forms.NoteForm)  # noqa: S101 - by the spec
    return services.report_deployment(
        action.acting,
        action.thread_id,
        action.subject,
        status=None,
        location=form.location(),
        estimated_arrival_at=form.cleaned_data["estimated_arrival_at"],
        note=form.cleaned_data["note"],
        manner=manner,
    )


def _ask_status(action: Action, manner: Manner) -> Appended:
    return services.ask_status(action.acting, action.thread_id, action.subject, manner=manner)


def _ask_extension(action: Action, manner: Manner) -> Appended:
    form = action.form
    assert isinstance(form, forms.AskExtensionForm)  # noqa: S101 - by the spec
    typed = form.cleaned_data
    return services.ask_extension(
        action.acting,
        action.thread_id,
        action.subject,
        until=typed["until"],
        reason=form.words_in(manner.language),
        answer_within_minutes=typed["answer_within_minutes"],
        manner=manner,
    )


def _answer_extension(action: Action, manner: Manner) -> Appended:
    typed = cleaned(action)
    return services.answer_extension(
        action.acting,
        action.thread_id,
        action.subject,
        response_type=ResponseType(typed["answer"]),
        until=typed["until"],
        reason_code=typed["reason_code"],
        reason=typed["reason"],
        manner=manner,
    )


def _ask_return(action: Action, manner: Manner) -> Appended:
    form = action.form
    assert isinstance(form, forms.AskReturnForm)  # noqa: S101 - by the spec
    return services.ask_return(
        action.acting,
        action.thread_id,
        action.subject,
        reason=form.words_in(manner.language),
        return_at=form.cleaned_data["return_at"],
        answer_within_minutes=60,
        manner=manner,
    )


def _answer_return(action: Action, manner: Manner) -> Appended:
    typed = cleaned(action)
    return services.answer_return(
        action.acting,
        action.thread_id,
        action.subject,
        response_type=ResponseType(typed["answer"]),
        return_at=typed["return_at"],
        reason_code=typed["reason_code"],
        reason=typed["reason"],
        handover=typed["handover"],
        manner=manner,
    )


def _recall(action: Action, manner: Manner) -> Appended:
    form = action.form
    assert isinstance(form, forms.RecallForm)  # noqa: S101 - by the spec
    return services.recall(
        action.acting,
        action.thread_id,
        action.subject,
        reason=form.words_in(manner.language),
        return_at=form.cleaned_data["return_at"],
        manner=manner,
    )


def _release(action: Action, manner: Manner) -> Appended:
    form = action.form
    assert isinstance(form, forms.ReleaseForm)  # noqa: S101 - by the spec
    return services.release(
        action.acting,
        action.thread_id,
        action.subject,
        handover=form.words_in(manner.language),
        return_at=form.cleaned_data["return_at"],
        manner=manner,
    )


SPECS: dict[S, Spec] = {
    S.REPORT: Spec(_("Report"), _("Send the report"), _report_form, _report, "main"),
    S.GIVE_PAPERS: Spec(
        _("Papers for the border"),
        _("Send the papers"),
        _papers_form,
        _give_papers,
        "",
        _("What is known goes out now; the rest may follow, before the teams leave."),
    ),
    S.NOTE: Spec(_("News without a new state"), _("Send"), plain(forms.NoteForm), _note),
    S.ASK_STATUS: Spec(_("Where are they?"), _("Ask where they are"), none, _ask_status),
    S.ASK_EXTENSION: Spec(_("Keep them longer"), _("Ask for the extension"), _extension_form, _ask_extension),
    S.ANSWER_EXTENSION: Spec(
        _("Answer the extension"),
        _("Send the answer"),
        plain(forms.AnswerExtensionForm),
        _answer_extension,
        "main",
    ),
    S.ASK_RETURN: Spec(_("Ask them back"), _("Ask for their return"), plain(forms.AskReturnForm), _ask_return),
    S.ANSWER_RETURN: Spec(
        _("Answer the return"), _("Send the answer"), plain(forms.AnswerReturnForm), _answer_return, "main"
    ),
    S.RECALL: Spec(
        _("Recall them"),
        _("Recall them now"),
        plain(forms.RecallForm),
        _recall,
        "stop",
        _("Your right as the owner, at any time. The other side cannot refuse it."),
    ),
    S.RELEASE: Spec(
        _("Release"),
        _("Release them"),
        plain(forms.ReleaseForm),
        _release,
        "",
        _("Gear, injuries and damage are noted before they leave."),
    ),
}
