from __future__ import annotations

from django.urls import path

from noaber.apps.library.views import documents, links, search

urlpatterns = [
    path("search", search.search, name="search"),
    path("library/", documents.documents, name="documents"),
    path("library/new", documents.document_new, name="document-new"),
    path("library/<int:pk>/", documents.document, name="document"),
    path("library/<int:pk>/edit", documents.document_edit, name="document-edit"),
    path("library/<int:pk>/versions/new", documents.version_new, name="document-version-new"),
    path("library/<int:pk>/versions/<int:number>", documents.version_file, name="document-file"),
    path("library/<int:pk>/withdraw", documents.document_withdraw, name="document-withdraw"),
    path("links/<str:kind>/<int:pk>/", links.links, name="links"),
    path("links/<str:kind>/<int:pk>/new", links.link_new, name="link-new"),
    path("links/<int:pk>/remove", links.link_remove, name="link-remove"),
]
