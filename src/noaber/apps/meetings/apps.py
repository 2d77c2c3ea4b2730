"""Meetings and workshops: agenda, minutes written together, decisions with a number that lasts."""

from __future__ import annotations

from django.apps import AppConfig

MEETING_PAGES = (
    "meeting",
    "meeting-new",
    "meeting-edit",
    "meeting-minutes",
    "meeting-people-edit",
    "agenda-item-edit",
    "minutes-versions",
    "minutes-settle",
    "series-edit",
    "series-new",
    "meetings-calendar",
)
DECISION_PAGES = ("decision", "decision-edit", "decision-new")


class MeetingsConfig(AppConfig):
    name = "noaber.apps.meetings"
    label = "meetings"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from noaber.apps.meetings.kinds import add_kinds
        from noaber.apps.meetings.waiting import waiting_invitations
        from noaber.apps.planner.presenters.waiting import add_waiting
        from noaber.web.tabs import open_tab

        open_tab("cooperation", url_name="meetings", label=_("Meetings"), rank=10, covers=MEETING_PAGES)
        open_tab("cooperation", url_name="decisions", label=_("Decisions"), rank=20, covers=DECISION_PAGES)
        add_kinds()
        add_waiting(waiting_invitations)
