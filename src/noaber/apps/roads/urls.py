from __future__ import annotations

from django.urls import path

from noaber.apps.roads.views import closures, network, reach, tiles

urlpatterns = [
    path("map/", reach.reach_page, name="map"),
    path("map/places", reach.reach_places, name="map-places"),
    path("map/regions", reach.reach_regions, name="map-regions"),
    path("map/tiles/cells/<int:z>/<int:x>/<int:y>.mvt", tiles.cell_tile, name="map-cell-tile"),
    path("map/tiles/boundaries/<int:z>/<int:x>/<int:y>.mvt", tiles.boundary_tile, name="map-boundary-tile"),
    path("map/tiles/roads/<int:z>/<int:x>/<int:y>.mvt", tiles.road_tile, name="map-road-tile"),
    path("map/tiles/districts/<int:z>/<int:x>/<int:y>.mvt", tiles.district_tile, name="map-district-tile"),
    path("map/tiles/ways/<int:z>/<int:x>/<int:y>.mvt", tiles.way_tile, name="map-way-tile"),
    path("map/tiles/background/<int:z>/<int:x>/<int:y>", tiles.background_tile, name="map-background-tile"),
    path("map/closures/", closures.closures, name="closures"),
    path("map/closures/roads", closures.closure_roads, name="closure-roads"),
    path("map/closures/new", closures.closure_new, name="closure-new"),
    path("map/network/", network.network_page, name="network"),
    path("map/network/extracts", network.extract_upload, name="network-upload"),
    path("map/network/extracts/remove", network.extract_remove, name="network-extract-remove"),
    path("map/network/builds", network.build_ask, name="network-build"),
    path("map/network/builds/<int:pk>/cancel", network.build_cancel, name="network-cancel"),
    path("map/closures/<int:pk>/open", closures.closure_open, name="closure-open"),
]
