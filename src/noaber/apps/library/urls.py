from __future__ import annotations

from django.urls import path

from noaber.apps.library.views import links

urlpatterns = [
    path("links/<str:kind>/<int:pk>/", links.links, name="links"),
    path("links/<str:kind>/<int:pk>/new", links.link_new, name="link-new"),
    path("links/<int:pk>/remove", links.link_remove, name="link-remove"),
]
