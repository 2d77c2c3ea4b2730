"""Sets `request.acting`, and the language that the person chose."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from noaber.apps.accounts.acting import SESSION_KEY, acting_for
from noaber.core.problems import NotAllowed, NotFound


class ActingMiddleware:
    """`request.acting` (or None); answers what the rules refuse: 404 for what may not be seen, 409 for a step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = None
        if request.user.is_authenticated:
            acting = acting_for(request.user, request.session.get(SESSION_KEY))
        request.acting = acting  # type: ignore[attr-defined]
        request.status_band = settings.NOABER_STATUS  # type: ignore[attr-defined]
        if acting is not None:
            timezone.activate(acting.zone)
        else:
            timezone.deactivate()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Refuse a form of a page that was opened for another organisation: in another window one has changed over."""
        acting = request.acting  # type: ignore[attr-defined]
        opened = request.POST.get("acting", "") if acting is not None else ""
        if not opened or opened == acting.organisation.code:
            return None
        refused = NotAllowed("accounts.acting-changed", opened=opened, acting=acting.organisation.code)
        return self.process_exception(request, refused)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotFound):
            return render(request, "404.html", status=404)
        if isinstance(exception, NotAllowed):
            return render(request, "409.html", {"problem": exception.problem}, status=409)
        return None


class PersonLanguageMiddleware:
    """The person's choice comes before the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
