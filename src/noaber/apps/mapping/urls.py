from __future__ import annotations

from django.urls import path

from noaber.apps.mapping import question_urls
from noaber.apps.mapping.views import gaps, matrix, two_places, what_if

urlpatterns = [
    *question_urls.urlpatterns,
    path("mapping/matrix/", matrix.who_matrix, name="who-matrix"),
    path("mapping/matrix/map", matrix.who_map, name="who-map"),
    path("mapping/matrix/capabilities", matrix.who_capabilities, name="who-capabilities"),
    path("mapping/matrix/two-places", two_places.two_places, name="who-may-help"),
    path("mapping/gaps/", gaps.gaps, name="gaps"),
    path("mapping/gaps/<str:one>/<str:other>/", gaps.gap_pair, name="gap-pair"),
    path("mapping/what-if/", what_if.what_if, name="what-if"),
    path("mapping/what-if/keep", what_if.scenario_keep, name="scenario-keep"),
    path("mapping/what-if/<int:pk>/drop", what_if.scenario_drop, name="scenario-drop"),
]
