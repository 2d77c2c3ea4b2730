"""The addresses of the small site, beside those of the product."""

from __future__ import annotations

from django.urls import path

from noaber.config.urls import urlpatterns as product
from pages.framesite import views

urlpatterns = [
    path("framesite/", views.desk, name="framesite-desk"),
    path("framesite/waits/", views.waits, name="framesite-waits"),
    path("framesite/form/", views.form, name="framesite-form"),
    path("framesite/print/", views.paper, name="framesite-print"),
    path("framesite/breaks/", views.breaks),
    path("framesite/refuses/", views.refuses),
    path("framesite/moves/", views.moves),
    *product,
]
handler500 = "noaber.web.views.server_error"
