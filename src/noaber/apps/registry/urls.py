from __future__ import annotations

from django.urls import path

from noaber.apps.registry import agreement_urls, contact_urls
from noaber.apps.registry.views import (
    bulk_edits,
    capacities,
    capacity_files,
    imports,
    organisations,
    packages,
    places,
    states,
    vocabulary,
)

urlpatterns = [
    *agreement_urls.urlpatterns,
    path("capacities/", capacities.capacities, name="capacities"),
    path("capacities/new", capacities.capacity_new, name="capacity-new"),
    path("capacities/home-cover", capacities.home_cover_page, name="home-cover"),
    path("capacities/bulk", bulk_edits.capacities_bulk, name="capacities-bulk"),
    path("capacities/bulk/<str:token>/", bulk_edits.capacities_bulk_edit, name="capacities-bulk-edit"),
    path("capacities/bulk/<str:token>/apply", bulk_edits.capacities_bulk_apply, name="capacities-bulk-apply"),
    path("capacities/bulk/<str:token>/undo", bulk_edits.capacities_bulk_undo, name="capacities-bulk-undo"),
    path("capacities/export", capacity_files.capacities_export, name="capacities-export"),
    path("capacities/import", imports.capacities_import, name="capacities-import"),
    path("capacities/import/template", imports.capacities_template, name="capacities-template"),
    path("capacities/import/<str:token>/", imports.capacities_preview, name="capacities-preview"),
    path("capacities/import/<str:token>/check", imports.capacities_check, name="capacities-check"),
    path("capacities/import/<str:token>/problems.csv", imports.capacities_faults, name="capacities-faults"),
    path("capacities/import/<str:token>/confirm", imports.capacities_confirm, name="capacities-confirm"),
    path("capacities/states/", states.states, name="capacities-states"),
    path("capacities/states/confirm", states.states_confirm, name="capacities-states-confirm"),
    path("capacities/states/<int:pk>", states.state_touch, name="capacity-touch"),
    path("capacities/<int:pk>/", capacities.capacity, name="capacity"),
    path("capacities/<int:pk>/edit", capacities.capacity_edit, name="capacity-edit"),
    path("capacities/<int:pk>/package", packages.capacity_package, name="capacity-package"),
    path("capacities/<int:pk>/state", capacities.capacity_state, name="capacity-state"),
    path("capacities/<int:pk>/withdraw", capacities.capacity_withdraw, name="capacity-withdraw"),
    *contact_urls.urlpatterns,
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<str:code>/", organisations.organisation, name="organisation"),
    path("vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("places/search", places.place_search, name="place-search"),
    path("places/at", places.place_at, name="place-at"),
    path("places/boundaries.geojson", places.boundaries, name="boundaries"),
]
