"""Minutes that several people write at once.

Who saves says from which version they began. Where somebody saved meanwhile, both are merged by paragraphs: what both
added at one place stands there one after the other. Where they changed one paragraph, the later version is kept aside
until somebody settles the two.

`writing` names the form that is open in one window. What is typed there is kept under it, so that two windows of one
person do not write over each other.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.meetings.models import AgendaItem, Meeting, MinutesDraft, MinutesRevision
from noaber.apps.meetings.permissions import check_can_write
from noaber.apps.meetings.services.common import check_is_open, member_keys, tell
from noaber.apps.records.history import Author
from noaber.apps.records.rows import lock_row
from noaber.core.merging import is_clean, keep_both, lines_of, merge, put_additions_together, sentences_of, text_of
from noaber.core.plain_text import find_unfit
from noaber.core.problems import InvalidInput, NotFound, Problem
from noaber.web.clock import now

LONGEST_MINUTES: Final = 50_000


class Outcome(StrEnum):
    """What became of a text that was saved."""

    SAVED = "saved"
    MERGED = "merged"
    ASIDE = "aside"
    SAME = "same"


def save_minutes(
    acting: Acting,
    item: AgendaItem,
    text: str,
    *,
    language: str,
    base: int | None,
    settles: int | None = None,
    writing: str = "",
    goes_on: str = "",
) -> tuple[Outcome, MinutesRevision | None]:
    """Save what was written about a point, beginning from the version `base` (None: from nothing).

    Parameters
    ----------
    settles
        The version that was kept aside and is settled by this one.
    goes_on
        The draft that the form took up (`MinutesDraft.mark`); it is dropped with the form's own.

    Returns
    -------
    The outcome, and the version that came of it; none where nothing was new.

    Raises
    ------
    NotAllowed
        Where the meeting is closed, or the organisation does not write its minutes.
    NotFound
        Where `base` or `settles` is no version of this point.
    """
    words = _check_minutes(text)
    with transaction.atomic():
        locked = _lock_for_writing(acting, item)
        head = locked.head
        began = _began(acting, locked, _revision(locked, base), writing)
        aside = _revision(locked, settles)
        outcome, merged = _merge(began, head, words)
        _drop_drafts(acting, locked, writing, goes_on, now_in=(words, merged))
        if outcome is Outcome.SAME and aside is None:
            tell(locked.meeting)
            return outcome, head
        made = _append(acting, locked, merged, language, base=began, settles=aside, outcome=outcome, writing=writing)
        if outcome is not Outcome.ASIDE:
            locked.head = made
            locked.save(update_fields=["head"])
        tell(locked.meeting)
        return outcome, made


def _began(acting: Acting, item: AgendaItem, base: MinutesRevision | None, writing: str) -> MinutesRevision | None:
    """The version from which the form goes on: what it saved itself as it stood there, where its answer was lost."""
    if not writing:
        return base
    own = item.revisions.filter(person=acting.person, writing=writing, merged=False, aside=False)
    return own.order_by("-number").first() or base


def _merge(began: MinutesRevision | None, head: MinutesRevision | None, words: str) -> tuple[Outcome, str]:
    """What becomes of the words, where the minutes stand at `head` and their author began at `began`."""
    stands = head.text if head else ""
    if words == stands:
        return Outcome.SAME, words
    if began == head:
        return Outcome.SAVED, words
    pieces = put_additions_together(merge(lines_of(began.text if began else ""), lines_of(words), lines_of(stands)))
    if not is_clean(pieces):
        return Outcome.ASIDE, words
    merged = text_of(keep_both(pieces))
    return (Outcome.SAME if merged == stands else Outcome.MERGED), merged


def keep_draft(
    acting: Acting,
    item: AgendaItem,
    text: str,
    *,
    language: str,
    base: int | None,
    writing: str = "",
    goes_on: str = "",
) -> MinutesDraft:
    """Keep what someone is writing, so that nothing is lost with the browser; others see that they write."""
    words = _check_minutes(text)
    with transaction.atomic():
        locked = _lock_for_writing(acting, item)
        draft, created = MinutesDraft.objects.update_or_create(
            item=locked,
            person=acting.person,
            organisation=acting.organisation,
            writing=writing,
            defaults={"text": words, "language": language, "base": _revision(locked, base), "at": now()},
        )
        _drop_taken_up(acting, locked, writing, goes_on)
        if created:
            tell(locked.meeting)
        return draft


def leave_draft(acting: Acting, item: AgendaItem, *, writing: str = "", goes_on: str = "") -> None:
    """Stop writing; what was not saved in that form is dropped, as its author chose."""
    with transaction.atomic():
        locked = lock_row(AgendaItem.objects.all(), item.pk)
        drafts_of(acting, locked).filter(writing=writing).delete()
        _drop_taken_up(acting, locked, writing, goes_on)
        tell(locked.meeting)


def drafts_of(acting: Acting, item: AgendaItem) -> QuerySet[MinutesDraft]:
    """What the person is writing about a point for the organisation, the latest first."""
    mine = MinutesDraft.objects.filter(item=item, person=acting.person, organisation=acting.organisation)
    return mine.select_related("base").order_by("-at", "-pk")


def _drop_taken_up(acting: Acting, item: AgendaItem, writing: str, goes_on: str) -> None:
    """Drop the draft with which a form began. Where another window has written on in it meanwhile, it stays."""
    for draft in drafts_of(acting, item).exclude(writing=writing):
        if draft.mark == goes_on:
            draft.delete()


def _drop_drafts(acting: Acting, item: AgendaItem, writing: str, goes_on: str, *, now_in: tuple[str, str]) -> None:
    """Drop the draft of the form that is saved, and those of the same person of which every sentence now stands."""
    drafts_of(acting, item).filter(writing=writing).delete()
    _drop_taken_up(acting, item, writing, goes_on)
    stands = frozenset[str]().union(*map(sentences_of, now_in))
    for draft in drafts_of(acting, item):
        if sentences_of(draft.text) - sentences_of(draft.base.text if draft.base else "") <= stands:
            draft.delete()


def _lock_for_writing(acting: Acting, item: AgendaItem) -> AgendaItem:
    locked = lock_row(AgendaItem.objects.all(), item.pk)
    meeting: Meeting = locked.meeting
    kept = keeps(acting.organisation)
    check_can_write(acting.roles, owner=meeting.owner_id, members=member_keys(meeting), kept=kept)
    check_is_open(meeting)
    return locked


def _revision(item: AgendaItem, pk: int | None) -> MinutesRevision | None:
    if pk is None:
        return None
    found = item.revisions.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _append(
    acting: Acting,
    item: AgendaItem,
    text: str,
    language: str,
    *,
    base: MinutesRevision | None,
    settles: MinutesRevision | None,
    outcome: Outcome,
    writing: str,
) -> MinutesRevision:
    aside = outcome is Outcome.ASIDE
    last = item.revisions.order_by("-number").first()
    return MinutesRevision.objects.create(
        item=item,
        number=(last.number if last else 0) + 1,
        base=base,
        settles=None if aside else settles,
        aside=aside,
        merged=outcome is Outcome.MERGED,
        at=now(),
        organisation=acting.organisation,
        person=acting.person,
        by=Author.of(acting).by,
        text=text,
        language=language,
        writing=writing,
    )


def _check_minutes(text: str) -> str:
    """The text with plain line ends, no spaces at the end of its lines, none before or after it.

    Raises
    ------
    InvalidInput
        Where it is too long, or a character stands in it that no file could carry.
    """
    words = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip("\n")
    if character := find_unfit(words):
        raise InvalidInput([Problem("text.character", "text", {"character": character})])
    if len(words) > LONGEST_MINUTES:
        params = {"length": len(words), "longest": LONGEST_MINUTES}
        raise InvalidInput([Problem("capacity.too-long", "text", params)])
    return words
