"""One template for the page and for the swap: a view names both, and the request decides.

A fragment is a template whose name starts with an underscore; its page includes it. So a swap shows what a reload
would show. Redirects need no helper: `SwapRedirectMiddleware` turns them into one that htmx can follow.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page, and not for a whole one."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def render_page_or_fragment(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render `fragment` for a swap, `page` (which includes it) otherwise."""
    template = fragment if wants_fragment(request) else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
