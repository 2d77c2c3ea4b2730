"""The addresses of the small site, beside those that the frame itself links to."""

from __future__ import annotations

from django.urls import include, path

from pages.framesite import views

urlpatterns = [
    path("framesite/", views.desk, name="framesite-desk"),
    path("framesite/waits/", views.waits, name="framesite-waits"),
    path("framesite/form/", views.form, name="framesite-form"),
    path("framesite/print/", views.paper, name="framesite-print"),
    path("framesite/breaks/", views.breaks),
    path("framesite/refuses/", views.refuses),
    path("framesite/phones/", views.phones, name="telephone-list"),
    path("framesite/moves/", views.moves),
    path("", include("noaber.apps.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
]
handler500 = "noaber.web.views.server_error"
