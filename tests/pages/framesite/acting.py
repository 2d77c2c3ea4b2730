"""Everyone who looks at the small site is M. de Wit of NL-NCC, on 14 July 2021 at 18:41."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from noaber.core.problems import NotAllowed
from pages.framesite.views import NOW

HERE = SimpleNamespace(code="NL-NCC", name="Nationaal Crisiscentrum", seat="Den Haag")
THERE = SimpleNamespace(code="NL-LOCC", name="Landelijk Operationeel Coördinatiecentrum", seat="Zeist")
OFFICER = SimpleNamespace(display_name="M. de Wit, officier van dienst", language="nl")


class FakeActing:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        roles = frozenset({"duty-officer"})
        request.acting = SimpleNamespace(person=OFFICER, organisation=HERE, roles=roles, choices=(HERE, THERE))
        request.now = NOW
        timezone.activate(ZoneInfo("Europe/Amsterdam"))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return render(request, "409.html", {"problem": exception.problem}, status=409)
        return None
