"""The steps of a request and its offers, as actions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.apps.exchange import services
from noaber.apps.exchange.actions.model import Action, AnyForm, Scene, Spec, cleaned, none, plain
from noaber.apps.exchange.forms import requests as forms
from noaber.apps.exchange.forms.common import MannerForm
from noaber.apps.exchange.presenters import subject_words
from noaber.apps.exchange.services import Appended, Manner
from noaber.apps.exchange.services.promises import accepts_of, asked_of
from noaber.apps.exchange.sheets import AnswerSheet, OrderSheet
from noaber.core.messages.model import ResponseType
from noaber.core.messages.thread import Offer, Step
from noaber.core.messages.transitions import StepKind as S
from noaber.core.promises import Asked, FindingCode


def _commit_form(scene: Scene, step: Step, data: Any, auto_id: str) -> AnyForm:
    """Begins with what is known: the teams, their arrival, the kind of help."""
    offer = scene.thread.find_offer(step.subject_id)
    initial: dict[str, Any] = {}
    if offer is not None:
        counted = subject_words(scene.thread, offer.id, offer.accepted_quantity)
        initial = {
            "quantity": offer.accepted_quantity,
            "estimated_arrival_at": offer.estimated_arrival_at,
            "kind_of_unit": counted,
        }
    return forms.CommitForm(
        data,
        crosses_border=bool(scene.thread.agreement),
        asked=None if scene.told_by or offer is None else _judged_by(scene, offer),
        initial=initial,
        auto_id=auto_id,
    )


def _judged_by(scene: Scene, offer: Offer) -> Asked | None:
    """What the time of a commitment is judged by; not once its offer was sent as late, nor for own teams."""
    line = scene.thread.find_line(offer.line_id)
    known = accepts_of(offer.information) if offer.information else frozenset()
    if line is None or scene.thread.is_alert or known & {FindingCode.LATE, FindingCode.OF_NO_USE}:
        return None
    return asked_of(line)


def _acknowledge(action: Action, manner: Manner) -> Appended:
    minutes = cleaned(action)["answer_within_minutes"]
    return services.acknowledge(action.acting, action.thread_id, answer_within_minutes=minutes, manner=manner)


def _answer(action: Action, manner: Manner) -> Appended:
    sheet = action.form
    assert isinstance(sheet, AnswerSheet)  # noqa: S101 - by the spec
    note = sheet.common.cleaned_data["note"]
    return services.respond_to_request(action.acting, action.thread_id, sheet.answers(), note=note, manner=manner)


def _order(action: Action, manner: Manner) -> Appended:
    sheet = action.form
    assert isinstance(sheet, OrderSheet)  # noqa: S101 - by the spec
    return services.requisition(
        action.acting,
        action.thread_id,
        sheet.quantities(),
        until=sheet.common.cleaned_data["until"],
        commit_within_minutes=sheet.common.cleaned_data["commit_within_minutes"],
        late_taken=sheet.late_taken(),
        manner=manner,
    )


def _reject(action: Action, manner: Manner) -> Appended:
    typed = cleaned(action)
    return services.reject_offer(
        action.acting,
        action.thread_id,
        action.subject,
        reason_code=typed["reason_code"],
        reason=typed["reason"],
        manner=manner,
    )


def _withdraw(action: Action, manner: Manner) -> Appended:
    typed = cleaned(action)
    return services.withdraw_offer(
        action.acting,
        action.thread_id,
        action.subject,
        reason_code=typed["reason_code"],
        reason=typed["reason"],
        manner=manner,
    )


def confirming(scene: Scene, data: Any) -> list[Action]:
    """One click for an alert: everything that the owner was alerted for and has not answered yet."""
    step = Step(S.COMMIT, scene.thread.thread_id)
    has_open = any(item.kind is S.COMMIT for item in scene.steps())
    if not (scene.thread.is_alert and has_open):
        return []
    is_posted = data is not None and (data.get("step"), data.get("subject")) == (S.COMMIT.value, step.subject_id)
    manner = MannerForm(data if is_posted else None, told_by=scene.told_by, auto_id="confirm-%s")
    return [Action(scene, step, CONFIRM, None, manner, (step,))]


def _confirm(action: Action, manner: Manner) -> Appended:
    return services.confirm_alert(action.acting, action.thread_id, manner=manner)


CONFIRM = Spec(_("Confirm the alert"), _("Confirm: they come"), none, _confirm, "main")


def _commit(action: Action, manner: Manner) -> Appended:
    form = action.form
    assert isinstance(form, forms.CommitForm)  # noqa: S101 - by the spec
    typed = form.cleaned_data
    answer = ResponseType(typed["answer"])
    accepts = answer is ResponseType.ACCEPT
    return services.commit(
        action.acting,
        action.thread_id,
        action.subject,
        response_type=answer,
        quantity=typed["quantity"] if accepts else None,
        certificate=form.certificate() if accepts else None,
        estimated_arrival_at=typed["estimated_arrival_at"] if accepts else None,
        reason_code="" if accepts else typed["reason_code"],
        reason="" if accepts else typed["reason"],
        knowing=tuple(one.code.value for one in form.find_late()) if accepts and typed["late"] else (),
        manner=manner,
    )


def _cancel(action: Action, manner: Manner) -> Appended:
    form = action.form
    assert isinstance(form, forms.CancelForm)  # noqa: S101 - by the spec
    return services.cancel_request(
        action.acting, action.thread_id, reason=form.words_in(manner.language), manner=manner
    )


def _close(action: Action, manner: Manner) -> Appended:
    note = cleaned(action)["note"]
    return services.close_request(action.acting, action.thread_id, note=note, manner=manner)


def _ask(action: Action, manner: Manner) -> Appended:
    typed = cleaned(action)
    return services.ask_information(
        action.acting,
        action.thread_id,
        typed["question"],
        answer_within_minutes=typed["answer_within_minutes"],
        manner=manner,
    )


def _reply(action: Action, manner: Manner) -> Appended:
    return services.answer_information(
        action.acting,
        action.thread_id,
        action.subject,
        cleaned(action)["answer"],
        manner=manner,
    )


SPECS: dict[S, Spec] = {
    S.ACKNOWLEDGE: Spec(
        _("Acknowledge"),
        _("Acknowledge"),
        plain(forms.AcknowledgeForm),
        _acknowledge,
        "main",
        _("The other side sees that you have the request, and by when you will answer."),
    ),
    S.ANSWER_LINE: Spec(pgettext_lazy("to do", "Answer"), _("Send the answer"), none, _answer, "main"),
    S.REVISE_OFFER: Spec(pgettext_lazy("to do", "Answer"), _("Send the answer"), none, _answer, "main"),
    S.REQUISITION: Spec(_("Take offers"), _("Order these teams"), none, _order, "main"),
    S.REJECT_OFFER: Spec(_("Do not take it"), _("Do not take it"), plain(forms.RejectForm), _reject),
    S.WITHDRAW_OFFER: Spec(_("Withdraw it"), _("Withdraw the offer"), plain(forms.WithdrawForm), _withdraw),
    S.COMMIT: Spec(_("Commit"), _("Send"), _commit_form, _commit, "main"),
    S.CANCEL_REQUEST: Spec(
        _("Cancel the request"),
        _("Cancel the request"),
        plain(forms.CancelForm),
        _cancel,
        "stop",
        _("Open offers lapse. Teams that are under way are not touched: release them first, or let them go home."),
    ),
    S.CLOSE_REQUEST: Spec(
        _("Close the request"),
        _("Close the request"),
        plain(forms.CloseForm),
        _close,
        "main",
        _("Everyone is home. Nothing more will come of the request."),
    ),
    S.ASK_INFORMATION: Spec(_("Question or message"), _("Send"), plain(forms.QuestionForm), _ask),
    S.ANSWER_INFORMATION: Spec(
        _("Answer the question"), _("Send the answer"), plain(forms.AnswerQuestionForm), _reply, "main"
    ),
}
