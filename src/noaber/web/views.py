"""The pages for when something went wrong. They must show even where the database does not answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from noaber.core.problems import NotFound
from noaber.web.context import Frame


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: the plain frame, which asks nothing of the database."""
    return HttpResponse(render_to_string("500.html", {"frame": Frame()}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: the form was too old, or not ours."""
    return HttpResponse(render_to_string("403_csrf.html", {"frame": Frame()}), status=403)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Stands where a library offers a page that we do not: administrators keep addresses and give new passwords."""
    raise NotFound
