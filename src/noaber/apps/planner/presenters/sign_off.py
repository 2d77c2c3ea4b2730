"""Requests that wait for a signature, read and signed together; and from there the way back to send them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import ngettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.draft_lines import DraftLine, as_text, decode_lines, function_text
from noaber.apps.exchange.models import DraftState, RequestDraft
from noaber.apps.exchange.presenters import counted_lines
from noaber.apps.exchange.queries import open_drafts
from noaber.apps.exchange.services import digest_of_draft, find_draft_problems, place_of_draft
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.review import ReviewRow, review_row
from noaber.apps.registry.coded import counted_capability
from noaber.core.messages.model import FreeText
from noaber.core.problems import NotFound, Problem

_TICKED: Final = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Drafts:
    """The open drafts of an organisation, of one kind, by what they wait for."""

    unsigned: list[RequestDraft]
    """Complete, and not signed off yet."""
    ready: list[RequestDraft]
    """Complete, and signed off where their text asks for it."""
    unfinished: list[RequestDraft]


def drafts_of(acting: Acting, status: str) -> Drafts:
    """As they are now, each list by incident."""
    sorted_out = Drafts([], [], [])
    for draft in open_drafts(acting.organisation).select_related("created_by").filter(status=status).order_by("pk"):
        if find_draft_problems(draft):
            sorted_out.unfinished.append(draft)
        elif draft.needs_sign_off and draft.state != DraftState.AUTHORISED:
            sorted_out.unsigned.append(draft)
        else:
            sorted_out.ready.append(draft)
    return sorted_out


@dataclass(frozen=True)
class WayToSend:
    """Drafts that are ready, and the page on which they are reviewed and sent together."""

    url: str
    drafts: list[RequestDraft]

    @property
    def count(self) -> int:
        return len(self.drafts)

    @property
    def is_single(self) -> bool:
        """The page of its one draft."""
        return self.url == self.drafts[0].get_absolute_url()

    @property
    def words(self) -> str:
        """How many are signed off and ready; who sends a text that nobody has to sign reads so."""
        signed = sum(1 for draft in self.drafts if draft.state == DraftState.AUTHORISED)
        if signed == len(self.drafts):
            words = ngettext(
                "%(count)s request signed off, ready to send", "%(count)s requests signed off, ready to send", signed
            )
            return words % {"count": signed}
        words = ngettext("%(count)s request ready to send", "%(count)s requests ready to send", len(self.drafts))
        return words % {"count": len(self.drafts)}


def ways_to_send(acting: Acting, status: str, ready: Sequence[RequestDraft]) -> list[WayToSend]:
    """Where each draft that is ready is sent: with the plan of all incidents, with its incident, or by itself."""
    if not ready:
        return []
    together = _planned_together(acting, status)
    several = _incidents_of(
        acting, [case for case, count in Counter(one.case_id for one in ready).items() if count > 1]
    )
    ways: dict[str, list[RequestDraft]] = {}
    for draft in ready:
        if draft.case_id in together:
            url = joint_review_url(status)
        elif draft.case_id in several:
            url = reverse("incident-review", args=[draft.case_id])
        else:
            url = draft.get_absolute_url()
        ways.setdefault(url, []).append(draft)
    return [WayToSend(url, drafts) for url, drafts in ways.items()]


def _incidents_of(acting: Acting, numbers: Sequence[str]) -> set[str]:
    """Those among the cases that are incidents of the organisation here."""
    if not numbers:
        return set()
    found = Incident.objects.filter(owner=acting.organisation, number__in=numbers)
    return set(found.values_list("number", flat=True))


def joint_review_url(status: str) -> str:
    return f"{reverse('joint-review')}?status={status}"


def sign_off_url(status: str) -> str:
    return f"{reverse('sign-off')}?status={status}"


def _planned_together(acting: Acting, status: str) -> set[str]:
    """The open incidents of the newest plan: it is reviewed and sent for all of them on one page."""
    newest = Proposal.objects.filter(organisation=acting.organisation, incidents__status=status).order_by("-pk")
    incidents = Incident.objects.filter(proposals=newest.values("pk")[:1], closed_at=None)
    return set(incidents.values_list("number", flat=True))


@dataclass(frozen=True)
class SignOffState:
    """How far the requests of a plan are: waiting for a signature, or for somebody to send them."""

    unsigned_count: int
    to_send: WayToSend | None

    @property
    def says_something(self) -> bool:
        return bool(self.unsigned_count or self.to_send)


def state_of_plan(acting: Acting, status: str) -> SignOffState:
    """For the incidents of the newest plan."""
    drafts = drafts_of(acting, status)
    together = _planned_together(acting, status) if drafts.unsigned or drafts.ready else set()
    ready = [draft for draft in drafts.ready if draft.case_id in together]
    return SignOffState(
        sum(1 for draft in drafts.unsigned if draft.case_id in together),
        WayToSend(joint_review_url(status), ready) if ready else None,
    )


@dataclass(frozen=True)
class SignRow:
    """One draft as its signer reads it."""

    review: ReviewRow
    lines: list[tuple[DraftLine, str]]
    digest: str
    is_ticked: bool
    refused: list[Problem]

    @property
    def draft(self) -> RequestDraft:
        return self.review.draft

    @property
    def value(self) -> str:
        """What a tick says: which draft, and what was read of it."""
        return f"{self.draft.pk}:{self.digest}"

    @property
    def title(self) -> str:
        return ", ".join(words for _line, words in self.lines)

    @property
    def note(self) -> FreeText | None:
        return as_text(self.draft.note, self.draft.language)

    @property
    def functions(self) -> list[FreeText]:
        """What the teams will do and must have, line by line."""
        language = self.draft.language
        pairs = ((function_text(line, language), as_text(line.requirements, language)) for line, _counted in self.lines)
        return list(dict.fromkeys(words for pair in pairs for words in pair if words))


def sign_rows(
    acting: Acting,
    drafts: Iterable[RequestDraft],
    *,
    ticked: Collection[int] | None = None,
    refused: Mapping[int, list[Problem]] | None = None,
) -> list[SignRow]:
    """The drafts to sign, all ticked; after a refusal those that were ticked and are not in its way."""
    reasons = refused or {}
    return [
        SignRow(
            review=review_row(acting, draft),
            lines=[(line, counted_capability(line.quantity, line.capability)) for line in decode_lines(draft.lines)],
            digest=digest_of_draft(draft),
            is_ticked=draft.pk not in reasons and (ticked is None or draft.pk in ticked),
            refused=reasons.get(draft.pk, []),
        )
        for draft in drafts
    ]


def read_ticked(values: Iterable[str]) -> dict[int, str]:
    """What was read of each draft that was ticked, by its key.

    Raises
    ------
    NotFound
        For what no page of ours sends.
    """
    ticked: dict[int, str] = {}
    for value in values:
        match = _TICKED.fullmatch(value)
        if match is None:
            raise NotFound
        ticked[int(match[1])] = match[2]
    return ticked


@dataclass(frozen=True)
class Refused:
    """A draft that was not signed, and why."""

    draft: RequestDraft
    title: str
    problems: list[Problem]
    is_on_page: bool


def refused_by_draft(problems: Iterable[Problem], ticked: Iterable[int]) -> dict[int, list[Problem]]:
    """The problems of each draft."""
    found: dict[int, list[Problem]] = {}
    places = {place_of_draft(pk): pk for pk in ticked}
    for problem in problems:
        if problem.where in places:
            found.setdefault(places[problem.where], []).append(problem)
    return found


def refused_rows(acting: Acting, refused: Mapping[int, list[Problem]], shown: Iterable[RequestDraft]) -> list[Refused]:
    """Which drafts were in the way, also those that wait no more."""
    on_page = {draft.pk for draft in shown}
    found = RequestDraft.objects.filter(owner=acting.organisation, pk__in=list(refused)).select_related("supplier")
    return [
        Refused(
            draft,
            counted_lines(decode_lines(draft.lines)),
            refused[draft.pk],
            draft.pk in on_page,
        )
        for draft in found.order_by("pk")
    ]
