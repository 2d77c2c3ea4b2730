"""The addresses of the inventory of agreements."""

from __future__ import annotations

from django.urls import path

from noaber.apps.registry.views import agreements, assumptions, comparison, local_agreements, texts

urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new", local_agreements.agreement_new, name="agreement-new"),
    path("agreements/compare", comparison.agreements_compare, name="agreements-compare"),
    path("agreements/assumptions", assumptions.assumptions, name="assumptions"),
    path("agreements/assumptions/<int:pk>/forget", assumptions.assumption_forget, name="assumption-forget"),
    path("agreements/<str:code>/", texts.agreement, name="agreement"),
    path("agreements/<str:code>/edit", local_agreements.agreement_edit, name="agreement-edit"),
    path("agreements/<str:code>/check", texts.agreement_check, name="agreement-check"),
    path("agreements/<str:code>/fields/<slug:field>", texts.agreement_field, name="agreement-field"),
    path("agreements/<str:code>/documents", texts.document_add, name="agreement-document-add"),
    path("agreements/<str:code>/documents/<int:pk>", texts.document_file, name="agreement-document"),
    path(
        "agreements/<str:code>/documents/<int:pk>/withdraw", texts.document_withdraw, name="agreement-document-withdraw"
    ),
]
