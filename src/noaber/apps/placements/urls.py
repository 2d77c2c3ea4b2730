from __future__ import annotations

from django.urls import path

from noaber.apps.placements.views import applications, calendar, calls, matching, papers, placements, places, programmes

urlpatterns = [
    path("exchanges/", programmes.exchanges, name="exchanges"),
    path("exchanges/new", programmes.programme_new, name="exchange-programme-new"),
    path("exchanges/programmes/<int:pk>/", programmes.programme, name="exchange-programme"),
    path("exchanges/programmes/<int:pk>/edit", programmes.programme_edit, name="exchange-programme-edit"),
    path("exchanges/programmes/<int:pk>/calls/new", programmes.call_new, name="exchange-call-new"),
    path("exchanges/calls/<int:pk>/", calls.call, name="exchange-call"),
    path("exchanges/calls/<int:pk>/edit", programmes.call_edit, name="exchange-call-edit"),
    path("exchanges/calls/<int:pk>/step/<str:state>", calls.call_step, name="exchange-call-step"),
    path("exchanges/calls/<int:pk>/erase", calls.call_erase, name="exchange-call-erase"),
    path("exchanges/calls/<int:pk>/paper/<str:language>", papers.call_pdf, name="exchange-call-pdf"),
    path("exchanges/calls/<int:pk>/applications", calls.applications, name="exchange-applications"),
    path("exchanges/calls/<int:pk>/apply", applications.application_new, name="exchange-application-new"),
    path("exchanges/calls/<int:pk>/places/new", places.place_new, name="host-place-new"),
    path("exchanges/calls/<int:pk>/matching", matching.matching, name="exchange-matching"),
    path("exchanges/calls/<int:pk>/matching/confirm", matching.matching_confirm, name="exchange-matching-confirm"),
    path("exchanges/calls/<int:pk>/matching/by-hand", matching.matching_by_hand, name="exchange-by-hand"),
    path("exchanges/places/<int:pk>/", places.place, name="host-place"),
    path("exchanges/places/<int:pk>/edit", places.place_edit, name="host-place-edit"),
    path("exchanges/places/<int:pk>/ranking", places.ranking, name="host-ranking"),
    path("exchanges/applications/<int:pk>/", applications.application, name="exchange-application"),
    path("exchanges/applications/<int:pk>/edit", applications.application_edit, name="exchange-application-edit"),
    path("exchanges/applications/<int:pk>/withdraw", applications.application_withdraw, name="exchange-withdraw"),
    path("exchanges/placements/", placements.placements, name="exchange-placements"),
    path("exchanges/placements/calendar", calendar.calendar, name="exchange-calendar"),
    path("exchanges/placements/calendar/<int:pk>/<str:token>.ics", calendar.feed, name="exchange-feed"),
    path("exchanges/placements/<int:pk>/", placements.placement, name="exchange-placement"),
    path("exchanges/placements/<int:pk>/step/<str:state>", placements.placement_step, name="placement-step"),
    path("exchanges/placements/<int:pk>/cancel", placements.placement_cancel, name="placement-cancel"),
    path("exchanges/placements/<int:pk>/move", placements.placement_move, name="placement-move"),
    path("exchanges/placements/<int:pk>/report/<str:when>", placements.placement_report, name="placement-report"),
    path("exchanges/placements/<int:pk>/reports/<str:language>", papers.report_pdf, name="placement-report-pdf"),
    path("exchanges/placements/<int:pk>/practice", placements.placement_practice, name="placement-practice"),
    path("exchanges/placements/<int:pk>/confirmation/<str:language>", papers.placement_pdf, name="placement-pdf"),
]
