"""Headers that every answer carries, redirects that a swap can follow, and odd requests made even.

The content policy is django-csp's; what Django's own middleware sets is not repeated here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import resolve_url

from noaber.web.htmx import wants_fragment

POLICY = "geolocation=(), camera=(), microphone=(), payment=(), usb=()"
Answer = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class _BothWorlds(ABC):
    """A middleware that changes the answer only; works under sync and async alike, so the live feed needs no thread."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        response = self.get_response(request)
        if isinstance(response, Awaitable):
            return self._wait(request, response)
        return self.answer(request, response)

    async def _wait(self, request: HttpRequest, response: Awaitable[HttpResponseBase]) -> HttpResponseBase:
        return self.answer(request, await response)

    @abstractmethod
    def answer(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer as it goes out."""


class HeadMiddleware(_BothWorlds):
    """Views know of GET alone: a HEAD is one whose content the server leaves away. What streams ends at its head."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if request.method == "HEAD":
            request.method = "GET"
        return super().__call__(request)

    def answer(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.META["REQUEST_METHOD"] != "HEAD" or not response.streaming:
            return response
        return HttpResponse(status=response.status_code, headers=response.headers)


class AddressMiddleware(_BothWorlds):
    """Nothing lies at an address with a NUL, and PostgreSQL refuses to look for it."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if "\0" in request.path:
            raise Http404
        return super().__call__(request)

    def answer(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response


class HeadersMiddleware(_BothWorlds):
    """No feature of the browser that is not used; nothing of a signed-in person in a shared cache."""

    def answer(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class SwapRedirectMiddleware(_BothWorlds):
    """A redirect that answers a swap leads the whole page, not the fragment.

    A browser follows a redirect before htmx sees it, and the fragment would fill with a page. Someone who was
    signed out meanwhile is led to sign in from the page where they are. Needs django-htmx's middleware before it.
    """

    def answer(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponseRedirectBase) or not wants_fragment(request):
            return response
        told = HttpResponse(status=204)
        told.cookies = response.cookies
        if response.url.startswith(resolve_url(settings.LOGIN_URL)):
            told["HX-Refresh"] = "true"
        else:
            told["HX-Redirect"] = response.url
        return told
