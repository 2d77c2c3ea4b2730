"""The addresses of requests, drafts, deployments and journals."""

from __future__ import annotations

from django.urls import URLPattern, path

from noaber.apps.exchange.views import deployments, drafts, journal, requests

urlpatterns: list[URLPattern] = [
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", drafts.draft_new, name="draft-new"),
    path("requests/<str:slug>/", requests.request_page, name="request"),
    path("requests/<str:slug>/print/", requests.request_print, name="request-print"),
    path("requests/<str:slug>/replace/", drafts.request_replace, name="request-replace"),
    path("deadline", drafts.deadline_said, name="deadline-said"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/sign/", drafts.draft_sign, name="draft-sign"),
    path("drafts/<int:pk>/signed/", drafts.draft_signed, name="draft-signed"),
    path("drafts/<int:pk>/send/", drafts.draft_send, name="draft-send"),
    path("drafts/<int:pk>/discard/", drafts.draft_discard, name="draft-discard"),
    path("deployments/", deployments.deployments, name="deployments"),
    path("deployments/<str:slug>/", deployments.deployment, name="deployment"),
    path("deployments/<str:slug>/certificate/", deployments.certificate, name="certificate"),
    path("cases/<path:case_id>/journal/", journal.case_journal, name="case-journal"),
    path("messages/<path:message_id>/edxl.xml", journal.message_xml, name="message-xml"),
    path("messages/<path:message_id>/message.json", journal.message_json, name="message-json"),
]
