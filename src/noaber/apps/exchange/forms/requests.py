"""Forms of a request's steps: acknowledging, answering line by line, ordering, committing, ending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.apps.exchange import words
from noaber.apps.exchange.forms.certificates import CertificateForm
from noaber.apps.exchange.forms.common import (
    SHORT_LENGTH,
    CodedWords,
    ReasonField,
    WordsField,
    answer_field,
    minutes_field,
)
from noaber.apps.exchange.services import LineAnswer, Team
from noaber.apps.exchange.teams import Choice, OwnTeam
from noaber.core.messages.model import ResponseType
from noaber.core.messages.thread import Line, Offer
from noaber.core.promises import Asked, Finding, FindingCode, Offered, Weight, judge_order
from noaber.reference.vocabulary import ReasonUse
from noaber.web import clock, wording
from noaber.web.forms import ClockField, MomentField, QuantityInput


class AcknowledgeForm(forms.Form):
    answer_within_minutes = minutes_field(label=_("Answer within"), initial=20)


class TeamForm(forms.Form):
    """So many teams of one capacity (or of one that is only named), arriving then."""

    quantity = forms.IntegerField(label=_("Teams"), min_value=0, required=False, widget=QuantityInput())
    arrival = ClockField(label=_("Arrival"), required=False)
    why = ReasonField(ReasonUse.KNOWINGLY, label=_("Why all the same"), required=False)
    late = forms.BooleanField(label=_("It comes late: we send it all the same"), required=False)
    name = forms.CharField(label=_("Name of the team"), max_length=SHORT_LENGTH, required=False)

    def __init__(self, *args: Any, team: OwnTeam | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        self.findings: list[Finding] = []
        if team is not None:
            del self.fields["name"]

    def _typed(self, name: str) -> Any:
        """What stands in a field: typed and understood, or filled in beforehand."""
        if self.is_bound:
            return None if name in self.errors else self.cleaned_data.get(name)
        return self.get_initial_for_field(self.fields[name], name)

    @property
    def count(self) -> int:
        return self._typed("quantity") or 0

    @property
    def arrival_at(self) -> datetime | None:
        """As typed, else as computed for this moment."""
        typed: datetime | None = self._typed("arrival")
        return typed or (self.team.arrival_at if self.team else None)

    @property
    def team_name(self) -> str:
        return self.team.name if self.team else self._typed("name") or str(_("Another team"))

    @property
    def needs_word(self) -> bool:
        """Whether something is found that only goes with a reason."""
        return any(one.weight is Weight.TO_SAY for one in self.findings)

    @property
    def needs_tick(self) -> bool:
        """Whether something is found that only goes when somebody confirms it."""
        return any(one.weight is Weight.TO_CONFIRM for one in self.findings)

    @property
    def is_hindered(self) -> bool:
        is_refused = any(one.weight is Weight.REFUSED for one in self.findings)
        lacks_word, lacks_tick = self.needs_word and not self._typed("why"), self.needs_tick and not self._typed("late")
        return is_refused or lacks_word or lacks_tick

    def offered(self, line_id: str) -> Offered | None:
        """What it offers for the line; None where it offers nothing."""
        if not self.count:
            return None
        unit = self.team.unit if self.team else ""
        return Offered(line=line_id, quantity=self.count, unit=unit, arrival_at=self.arrival_at)

    def read(self) -> Team | None:
        """The teams that are offered; call it once the findings are there."""
        if not self.count:
            return None
        why = self.cleaned_data.get("why") or ""
        said = {Weight.TO_SAY: bool(why), Weight.TO_CONFIRM: bool(self.cleaned_data.get("late"))}
        knowing = tuple(one.code.value for one in self.findings if said.get(one.weight))
        return Team(
            quantity=self.count,
            team_id=self.team.code if self.team else "",
            name=self.team.name if self.team else self.cleaned_data["name"],
            owner=self.team.owner if self.team else "",
            base=self.team.base if self.team else "",
            estimated_arrival_at=self.arrival_at,
            knowing=knowing,
            knowing_reason=why if knowing else "",
        )


class LineForm(forms.Form):
    """The answer to one line, before its teams."""

    answer = answer_field(words.LINE_ANSWERS, required=False)
    reason_provisional = ReasonField(ReasonUse.PROVISIONAL, label=_("Condition"), required=False)
    reason_decline = ReasonField(ReasonUse.DECLINE, required=False)
    valid_until = ClockField(label=_("The offer holds until"), required=False)
    reason = WordsField(label=_("Explanation"), required=False)


@dataclass
class LineEntry:
    """One line with its form, and one form for each team that might go."""

    number: int
    line: Line
    form: LineForm
    teams: list[TeamForm]
    choice: Choice
    offer: Offer | None = None
    """The provisional offer that this entry makes firm, where it is not a new answer."""

    @property
    def own_teams(self) -> list[TeamForm]:
        return [form for form in self.teams if form.team is not None]

    @property
    def answer(self) -> str:
        """What is chosen, typed or filled in beforehand; empty where the line is left for later."""
        if self.form.is_bound:
            return "" if "answer" in self.form.errors else self.form.cleaned_data.get("answer") or ""
        return str(self.form.initial.get("answer") or "")

    @property
    def offers(self) -> bool:
        return self.answer in (ResponseType.ACCEPT, ResponseType.PROVISIONAL)

    @property
    def is_hindered(self) -> bool:
        return self.offers and any(form.is_hindered for form in self.teams)

    @property
    def other_team(self) -> TeamForm:
        return self.teams[-1]

    def is_valid(self) -> bool:
        if not all([self.form.is_valid(), *(team.is_valid() for team in self.teams)]):
            return False
        self._check()
        return not (self.form.errors or any(team.errors for team in self.teams))

    def _check(self) -> None:
        cleaned = self.form.cleaned_data
        match cleaned.get("answer"):
            case ResponseType.PROVISIONAL if not (cleaned["reason_provisional"] or cleaned["reason"]):
                self.form.add_error("reason_provisional", _("Choose the condition. Without it nobody can plan."))
            case ResponseType.DECLINE if not (cleaned["reason_decline"] or cleaned["reason"]):
                self.form.add_error("reason_decline", _("Choose the reason for declining."))
        if cleaned.get("answer") in (ResponseType.ACCEPT, ResponseType.PROVISIONAL) and not any(
            form.count for form in self.teams
        ):
            self.form.add_error("answer", _("Enter how many teams of which capacity you offer."))
        other = self.other_team
        if other.cleaned_data.get("quantity") and not other.cleaned_data.get("name"):
            other.add_error("name", _("Name the team."))

    def _teams(self) -> tuple[Team, ...]:
        return tuple(team for team in (form.read() for form in self.teams) if team is not None)

    @property
    def is_answered(self) -> bool:
        return bool(self.form.cleaned_data.get("answer"))

    def read(self, *, risk_checked: bool | None) -> LineAnswer:
        """The answer; call it once the entry is valid and answered."""
        cleaned = self.form.cleaned_data
        answer = ResponseType(cleaned["answer"])
        codes = {
            ResponseType.ACCEPT: "",
            ResponseType.PROVISIONAL: cleaned["reason_provisional"],
            ResponseType.DECLINE: cleaned["reason_decline"],
        }
        declines = answer is ResponseType.DECLINE
        return LineAnswer(
            line_id=self.line.element_id,
            response_type=answer,
            teams=() if declines else self._teams(),
            reason_code=codes[answer],
            reason=cleaned["reason"],
            valid_until=None if declines else cleaned["valid_until"],
            risk_checked=None if declines else risk_checked,
            offer_id=self.offer.id if self.offer else "",
        )


class AnswerForm(forms.Form):
    """What goes for the whole answer."""

    risk_checked = forms.BooleanField(
        label=_("We have looked at the risk at home for the coming hours."), required=False
    )
    note = WordsField(label=_("Message with the answer"), required=False)


def _late_words(finding: Finding) -> str:
    """What is confirmed of an offer that is taken late."""
    told = {"time": wording.duration(int(str(finding.params["minutes"])))}
    if finding.code is FindingCode.OF_NO_USE:
        return gettext("%(time)s after it is of use: we take it all the same") % told
    return gettext("%(time)s late: we take it all the same") % told


class OrderForm(forms.Form):
    """So many teams of one offer; one that comes late is taken on purpose only."""

    quantity = forms.IntegerField(label=_("Teams"), min_value=0, required=False, widget=QuantityInput())
    late = forms.BooleanField(required=False)

    def __init__(self, *args: Any, offer: Offer, findings: Sequence[Finding] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.findings = findings
        if findings:
            self.fields["late"].label = _late_words(findings[0])
        else:
            del self.fields["late"]
        self.fields["quantity"].widget = QuantityInput(maximum=offer.quantity)
        self.fields["quantity"].initial = offer.quantity

    def clean_quantity(self) -> int:
        quantity: int = self.cleaned_data["quantity"] or 0
        if quantity > self.offer.quantity:
            raise forms.ValidationError(_("No more than %(offered)s were offered.") % {"offered": self.offer.quantity})
        return quantity

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.findings and cleaned.get("quantity") and not cleaned.get("late"):
            self.add_error("late", _("Tick that you take it though it comes late, or take none of it."))
        return cleaned


class RequisitionForm(forms.Form):
    until = MomentField(label=_("Needed until"), required=False)
    commit_within_minutes = minutes_field(label=_("Commitment wanted within"), initial=20)


def order_forms(data: Any, offers: Sequence[tuple[Offer, Sequence[Finding]]]) -> list[OrderForm]:
    """One for each offer, with what is to be confirmed of it."""
    return [
        OrderForm(data, offer=offer, findings=findings, prefix=f"order-{index}")
        for index, (offer, findings) in enumerate(offers)
    ]


class ReasonForm(CodedWords):
    """A coded reason, an explanation, or both."""

    use: ReasonUse
    reason_code = forms.ChoiceField(label=_("Reason"), required=False)
    reason = WordsField(label=_("Explanation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_code"] = ReasonField(self.use, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("reason_code") or cleaned.get("reason")):
            self.add_error("reason_code", _("Choose a reason, or write one."))
        return cleaned


class RejectForm(ReasonForm):
    use = ReasonUse.REJECT


class WithdrawForm(ReasonForm):
    use = ReasonUse.WITHDRAW


class CancelForm(ReasonForm):
    use = ReasonUse.CANCEL


class CommitForm(CertificateForm):
    """The answer to an order: the promise with what is known of the papers for the border, or why not."""

    answer = answer_field(words.COMMITMENTS, initial=ResponseType.ACCEPT.value)
    quantity = forms.IntegerField(label=_("Teams"), min_value=1, required=False, widget=QuantityInput(minimum=1))
    estimated_arrival_at = ClockField(label=_("Arrival"), required=False)
    reason_code = ReasonField(ReasonUse.DECLINE, required=False)
    reason = WordsField(label=_("Explanation"), required=False)
    late = forms.BooleanField(label=_("It comes late: we send it all the same"), required=False)

    def __init__(self, *args: Any, crosses_border: bool, asked: Asked | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.crosses_border = crosses_border
        self.asked = asked
        """Against which the arrival is judged; None where another's word is written down, or it was accepted before."""

    def find_late(self) -> list[Finding]:
        """What is to be confirmed of the arrival as it stands in the form."""
        if self.is_bound:
            arrival = None if "estimated_arrival_at" in self.errors else self.cleaned_data.get("estimated_arrival_at")
        else:
            arrival = self.initial.get("estimated_arrival_at")
        if self.asked is None or arrival is None:
            return []
        return judge_order([self.asked], [Offered(line=self.asked.line, quantity=1, arrival_at=arrival)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == ResponseType.ACCEPT and self.find_late() and not cleaned.get("late"):
            self.add_error("late", _("Tick that it is sent though it comes late, or change the arrival."))
        refuses = cleaned.get("answer") != ResponseType.ACCEPT
        if refuses and not (cleaned.get("reason_code") or cleaned.get("reason")):
            self.add_error("reason_code", _("Choose a reason, or write one."))
        return cleaned


class QuestionForm(forms.Form):
    question = WordsField(label=_("Question or message"))
    answer_within_minutes = minutes_field(label=_("Answer wanted within"), initial=30)


class AnswerQuestionForm(forms.Form):
    answer = WordsField(label=_("Answer"))


class CloseForm(forms.Form):
    note = WordsField(label=_("What to learn from it"), required=False)


def default_until(line: Line | None) -> Any:
    """Until when teams are usually asked for: as the line says, else twelve hours from now."""
    if line is not None and line.until is not None:
        return line.until
    return (clock.now() + timedelta(hours=12)).replace(second=0, microsecond=0)
