from __future__ import annotations

from django.urls import path

from noaber.apps.events.views import events, files, parts

urlpatterns = [
    path("events/", events.events, name="events"),
    path("events/new", events.event_new, name="event-new"),
    path("events/calendar", files.calendar, name="events-calendar"),
    path("events/calendar/<int:pk>/<str:token>.ics", files.feed, name="events-feed"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/edit", events.event_edit, name="event-edit"),
    path("events/<int:pk>/close", events.event_close, name="event-close"),
    path("events/<int:pk>/call-off", events.event_call_off, name="event-call-off"),
    path("events/<int:pk>/reopen", events.event_reopen, name="event-reopen"),
    path("events/<int:pk>/dossier.pdf", files.dossier_pdf, name="event-pdf"),
    path("events/<int:pk>/dossier.ics", files.dossier_calendar, name="event-calendar"),
    path("events/<int:pk>/roster", files.roster, name="event-roster"),
    path("events/<int:pk>/contacts.pdf", files.contacts_pdf, name="event-contacts-pdf"),
    path("events/<int:pk>/what-to-do-if.pdf", files.what_if_pdf, name="event-what-if-pdf"),
    path("events/<int:pk>/<slug:kind>/new", parts.part_new, name="event-part-new"),
    path("events/<int:pk>/<slug:kind>/<int:part>/", parts.part, name="event-part"),
    path("events/<int:pk>/<slug:kind>/<int:part>/remove", parts.part_remove, name="event-part-remove"),
]
