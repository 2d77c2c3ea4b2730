"""A report is asked for, then made in the background: the work can be left, and is told by `web.progress`."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, append_changes
from noaber.apps.reports.enums import ReportState
from noaber.apps.reports.facts import digest_of, encode_content
from noaber.apps.reports.gather import Asked, gather
from noaber.apps.reports.gather.whole import Tell, highest
from noaber.apps.reports.models import Report
from noaber.core.problems import NotAllowed
from noaber.web.clock import now
from noaber.web.progress import Progress, run_in_background

STEPS_NAME: Final = "report-%(pk)s"


def make_report(acting: Acting, asked: Asked, *, status: str, tlp: str) -> Report:
    """Have a report made of what the organisation sees now, with `tlp` or the strictest label in it.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    """
    with transaction.atomic():
        report = _ask(acting, asked, status=status, tlp=tlp)
        _start(report)
    return report


def make_report_now(acting: Acting, asked: Asked, *, status: str, tlp: str) -> Report:
    """The same, done when this returns: for whoever waits for it anyway."""
    with transaction.atomic():
        report = _ask(acting, asked, status=status, tlp=tlp)
        carry_out(report.pk, lambda _step, _done, _total: None)
    report.refresh_from_db()
    return report


def make_again(acting: Acting, report: Report) -> None:
    """Make a report that was not finished; it is of the moment at which it was asked for."""
    acting.check_may(Permission.COOPERATE)
    if report.is_made or report.owner_id != acting.organisation.pk:
        raise NotAllowed("report.is-made")
    with transaction.atomic():
        Report.objects.filter(pk=report.pk, content__isnull=True).update(state=ReportState.MAKING)
        _start(report)


def carry_out(pk: int, tell: Tell) -> None:
    """Gather the content and keep it. Of two who do so at once, the first one's stays."""
    report = Report.objects.select_related("owner").get(pk=pk)
    content = gather(report.owner, report.status, report.made_at, Asked.from_json(report.asked), tell)
    stored = encode_content(content)
    with transaction.atomic():
        Report.objects.filter(pk=pk, content__isnull=True).update(
            content=stored,
            digest=digest_of(stored),
            state=ReportState.MADE,
            tlp=highest([report.tlp, content.tlp]),
        )
        announce(readers_of(report))


def _ask(acting: Acting, asked: Asked, *, status: str, tlp: str) -> Report:
    acting.check_may(Permission.COOPERATE)
    report = Report.objects.create(
        owner=acting.organisation,
        status=status,
        tlp=highest([tlp]),
        asked=asked.as_json(),
        made_at=now(),
        made_by=acting.function,
        person=acting.person,
    )
    added = Changed(report.pk, ChangeAction.ADDED, {})
    append_changes(Author.of(acting), Report, [added], at=report.made_at)
    announce(readers_of(report))
    return report


def _start(report: Report) -> None:
    pk = report.pk
    progress = Progress(STEPS_NAME % {"pk": pk})
    progress.tell("texts", 0, 0)

    def run() -> None:
        try:
            carry_out(pk, progress.tell)
        except Exception:
            Report.objects.filter(pk=pk, content__isnull=True).update(state=ReportState.FAILED)
            raise
        finally:
            progress.end()

    run_in_background(f"report {pk}", run)
