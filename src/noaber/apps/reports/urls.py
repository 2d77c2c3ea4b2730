from __future__ import annotations

from django.urls import path

from noaber.apps.reports.views import reports

urlpatterns = [
    path("mapping/reports/", reports.reports, name="reports"),
    path("mapping/reports/new", reports.report_new, name="report-new"),
    path("mapping/reports/compare", reports.report_compare, name="report-compare"),
    path("mapping/reports/<int:pk>/", reports.report, name="report"),
    path("mapping/reports/<int:pk>/again", reports.report_again, name="report-again"),
    path("mapping/reports/<int:pk>/pdf", reports.report_pdf, name="report-pdf"),
    path("mapping/reports/<int:pk>/tables/<str:key>", reports.report_table, name="report-table"),
    path("mapping/reports/<int:pk>/maps/<str:capability>-<str:view>.svg", reports.report_map, name="report-map"),
]
