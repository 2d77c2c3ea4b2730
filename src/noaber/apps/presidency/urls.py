from __future__ import annotations

from django.urls import path

from noaber.apps.presidency.views import dossiers, presidencies

urlpatterns = [
    path("presidency/", presidencies.presidencies, name="presidencies"),
    path("presidency/new", presidencies.presidency_new, name="presidency-new"),
    path("presidency/<int:pk>/", presidencies.presidency, name="presidency"),
    path("presidency/<int:pk>/edit", presidencies.presidency_edit, name="presidency-edit"),
    path("presidency/<int:pk>/handover", dossiers.handover_new, name="handover-new"),
    path("presidency/handovers/<int:pk>/", dossiers.handover, name="handover"),
    path("presidency/handovers/<int:pk>/edit", dossiers.handover_edit, name="handover-edit"),
    path("presidency/handovers/<int:pk>/notes/<str:section>", dossiers.handover_note, name="handover-note"),
    path("presidency/handovers/<int:pk>/ready", dossiers.handover_ready, name="handover-ready"),
    path("presidency/handovers/<int:pk>/back", dossiers.handover_back, name="handover-back"),
    path("presidency/handovers/<int:pk>/sign", dossiers.handover_sign, name="handover-sign"),
    path("presidency/handovers/<int:pk>/dossier.pdf", dossiers.handover_pdf, name="handover-pdf"),
    path("presidency/handovers/<int:pk>/compare", dossiers.handover_compare, name="handover-compare"),
]
