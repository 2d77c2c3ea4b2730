from __future__ import annotations

from django.urls import path

from noaber.apps.meetings.views import agenda, calendar, decisions, meetings, minutes, papers, people, series

urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new", meetings.meeting_new, name="meeting-new"),
    path("meetings/series/new", series.series_new, name="series-new"),
    path("meetings/series/<int:pk>/edit", series.series_edit, name="series-edit"),
    path("meetings/calendar", calendar.calendar, name="meetings-calendar"),
    path("meetings/calendar/<int:pk>/<str:token>.ics", calendar.feed, name="meetings-feed"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit", meetings.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/steps/<str:step>", meetings.meeting_step, name="meeting-step"),
    path("meetings/<int:pk>/call-off", meetings.meeting_call_off, name="meeting-call-off"),
    path("meetings/<int:pk>/invitation.ics", papers.invitation, name="meeting-invitation"),
    path("meetings/<int:pk>/convocation.pdf", papers.convocation, name="meeting-convocation"),
    path("meetings/<int:pk>/minutes.pdf", papers.minutes, name="meeting-minutes-pdf"),
    path("meetings/<int:pk>/people/", people.people, name="meeting-people"),
    path("meetings/<int:pk>/people/edit", people.people_edit, name="meeting-people-edit"),
    path("meetings/<int:pk>/people/<int:who>/answer", people.answer, name="meeting-answer"),
    path("meetings/<int:pk>/people/<int:who>/remove", people.remove, name="meeting-disinvite"),
    path("meetings/<int:pk>/agenda/add", agenda.add, name="agenda-item-add"),
    path("meetings/<int:pk>/agenda/carry/<int:item>", agenda.carry_over, name="agenda-item-carry"),
    path("meetings/<int:pk>/agenda/<int:item>/edit", agenda.edit, name="agenda-item-edit"),
    path("meetings/<int:pk>/agenda/<int:item>/move/<str:way>", agenda.move, name="agenda-item-move"),
    path("meetings/<int:pk>/agenda/<int:item>/remove", agenda.remove, name="agenda-item-remove"),
    path("meetings/<int:pk>/agenda/<int:item>/finish", agenda.finish, name="agenda-item-finish"),
    path("meetings/<int:pk>/minutes/", minutes.minutes, name="meeting-minutes"),
    path("meetings/<int:pk>/minutes/<int:item>/", minutes.point, name="minutes-point"),
    path("meetings/<int:pk>/minutes/<int:item>/write", minutes.write, name="minutes-write"),
    path("meetings/<int:pk>/minutes/<int:item>/draft", minutes.draft, name="minutes-draft"),
    path("meetings/<int:pk>/minutes/<int:item>/leave", minutes.leave, name="minutes-leave"),
    path("meetings/<int:pk>/minutes/<int:item>/versions/", minutes.versions, name="minutes-versions"),
    path("meetings/<int:pk>/minutes/<int:item>/settle/<int:revision>", minutes.settle, name="minutes-settle"),
    path("meetings/<int:pk>/decisions/new", decisions.decision_new, name="decision-new"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<str:number>/", decisions.decision, name="decision"),
    path("decisions/<str:number>/extract.pdf", papers.extract, name="decision-extract"),
    path("decisions/<str:number>/edit", decisions.decision_edit, name="decision-edit"),
]
