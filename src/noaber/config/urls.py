"""Which address leads where: each app brings its own."""

from __future__ import annotations

from django.urls import include, path

from noaber.apps.api.api import api
from noaber.web.views import nothing_here

urlpatterns = [
    path("", include("noaber.apps.accounts.urls")),
    path("", include("noaber.apps.registry.urls")),
    path("", include("noaber.apps.roads.urls")),
    path("", include("noaber.apps.exchange.urls")),
    path("", include("noaber.apps.planner.urls")),
    path("", include("noaber.apps.library.urls")),
    path("", include("noaber.apps.actions.urls")),
    path("", include("noaber.apps.practices.urls")),
    path("", include("noaber.apps.meetings.urls")),
    path("", include("noaber.apps.plans.urls")),
    path("", include("noaber.apps.events.urls")),
    path("", include("noaber.apps.placements.urls")),
    path("", include("noaber.apps.mapping.urls")),
    path("", include("noaber.apps.campaigns.urls")),
    path("", include("noaber.apps.reports.urls")),
    path("", include("noaber.apps.presidency.urls")),
    path("api/v1/", api.urls),
    path("accounts/email/", nothing_here),
    path("accounts/password/reset/", nothing_here),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler500 = "noaber.web.views.server_error"
