from __future__ import annotations

from django.urls import path

from noaber.apps.roads.views import closures, reach

urlpatterns = [
    path("map/", reach.reach_page, name="map"),
    path("map/places", reach.reach_places, name="map-places"),
    path("map/closures/", closures.closures, name="closures"),
    path("map/closures/new", closures.closure_new, name="closure-new"),
    path("map/closures/<int:pk>/open", closures.closure_open, name="closure-open"),
]
