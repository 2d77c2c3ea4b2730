"""Everything that the page of a draft shows: what it asks, what it stands on, what is missing, who has signed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.exchange import words
from noaber.apps.exchange.draft_lines import DraftLine, decode_lines
from noaber.apps.exchange.forms.drafts import (
    AgreementForm,
    DraftForm,
    LineForm,
    SignOffForm,
    initial_of,
    line_forms,
)
from noaber.apps.exchange.legal import Ground
from noaber.apps.exchange.models import DraftState, RequestDraft
from noaber.apps.exchange.services import find_draft_problems, ground_of
from noaber.apps.registry.coded import counted_capability
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries import number_to_ring
from noaber.core.problems import Problem
from noaber.web import clock
from noaber.web.reader import reader_language


@dataclass
class DraftPage:
    """A draft as its owner sees it; `data` is what was posted to change it."""

    acting: Acting
    draft: RequestDraft
    data: Any = None

    @classmethod
    def load(cls, acting: Acting, pk: int, data: Any = None) -> DraftPage:
        return cls(acting, RequestDraft.objects.get_own(acting.organisation, pk), data)

    @property
    def lines(self) -> tuple[DraftLine, ...]:
        return decode_lines(self.draft.lines)

    @property
    def counted(self) -> list[tuple[DraftLine, str]]:
        return [(line, counted_capability(line.quantity, line.capability)) for line in self.lines]

    @property
    def title(self) -> str:
        return ", ".join(text for _line, text in self.counted)

    @cached_property
    def ground(self) -> Ground:
        return ground_of(self.draft, reader=self.acting.organisation)

    @property
    def cost(self) -> words.Label:
        return words.cost_label(self.draft.cost_rule)

    @cached_property
    def problems(self) -> list[Problem]:
        return find_draft_problems(self.draft)

    @property
    def is_open(self) -> bool:
        return self.draft.state in (DraftState.DRAFT, DraftState.AUTHORISED)

    @property
    def is_signed(self) -> bool:
        return self.draft.state == DraftState.AUTHORISED

    @property
    def may_change(self) -> bool:
        return self.is_open and self.acting.may(Permission.SEND_REQUEST)

    @property
    def may_sign(self) -> bool:
        return self.is_open and not self.is_signed and not self.problems and self.acting.may(Permission.SIGN_OFF)

    @property
    def may_record_sign_off(self) -> bool:
        return self.may_change and not self.is_signed and not self.problems and self.draft.needs_sign_off

    @property
    def may_send(self) -> bool:
        return self.may_change and not self.problems and (self.is_signed or not self.draft.needs_sign_off)

    @cached_property
    def form(self) -> DraftForm:
        return DraftForm(self.data, initial=initial_of(self.draft))

    @cached_property
    def line_forms(self) -> list[LineForm]:
        return line_forms(self.data, self.draft)

    @cached_property
    def agreement_form(self) -> AgreementForm:
        return AgreementForm(self.data, choices=agreement_choices(self.ground), initial={"agreement": self.agreement})

    @property
    def agreement(self) -> str:
        return self.draft.agreement

    @cached_property
    def sign_off_form(self) -> SignOffForm:
        return SignOffForm()

    @cached_property
    def ring_up(self) -> ContactPoint | None:
        """How to reach the one who is asked by phone."""
        return number_to_ring(
            self.draft.supplier,
            reader=self.acting.organisation,
            status=self.draft.status,
            on=clock.now().date(),
        )

    def read_lines(self) -> tuple[DraftLine, ...]:
        """The lines as they were typed; call it once every line form is valid."""
        return tuple(line for line in (form.read() for form in self.line_forms) if line is not None)


def agreement_choices(ground: Ground) -> list[tuple[str, str]]:
    """The texts that may be chosen, each with who pays under it; nothing at home."""
    if ground.is_home:
        return []
    return [(basis.agreement.id, basis.agreement.title.in_language(reader_language())) for basis in ground.usable]
