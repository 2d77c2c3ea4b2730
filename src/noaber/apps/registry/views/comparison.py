"""Two texts side by side, on the screen and on paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.registry.forms.inventory import AsOfForm
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.presenters.comparison import compare_texts
from noaber.apps.registry.presenters.standings import standing_of
from noaber.apps.registry.queries import inventory
from noaber.core.agreements import Agreement
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.tables import with_query

TWO = 2


@acting_required
@require_GET
def agreements_compare(request: ActingRequest) -> HttpResponse:
    """`?a=&b=`; the boxes of the list (`?text=&text=`) lead to the same address."""
    ticked = request.GET.getlist("text")
    if ticked:
        return _from_ticked(request, ticked)
    texts = inventory(request.acting.organisation)
    as_of = AsOfForm(request.GET, today=now().date())
    left, right = (_chosen(request.GET.get(name, ""), texts) for name in ("a", "b"))
    context: dict[str, Any] = {
        "here": "agreements",
        "choices": [(text.id, title_of(text)) for text in texts],
        "a": left.id if left else "",
        "b": right.id if right else "",
        "as_of": as_of,
        "print_query": with_query(request.GET, format="print"),
    }
    if left and right:
        context |= {
            "comparison": compare_texts(left, right, {text.id: text for text in texts}),
            "sides": [
                {"code": text.id, "title": title_of(text), "standing": standing_of(text, texts, as_of.day)}
                for text in (left, right)
            ],
        }
    printed = bool(left and right) and request.GET.get("format") == "print"
    template = "registry/compare_print.html" if printed else "registry/compare.html"
    return render(request, template, context)


def _from_ticked(request: ActingRequest, ticked: list[str]) -> HttpResponse:
    """The address that one can hand on: the first two that were ticked, on the same day."""
    query = dict(zip(("a", "b"), ticked[:TWO], strict=False))
    if on := request.GET.get("on"):
        query["on"] = on
    return redirect(f"{reverse('agreements-compare')}?{urlencode(query)}")


def _chosen(code: str, texts: tuple[Agreement, ...]) -> Agreement | None:
    """The text; nothing where none is named yet, and `NotFound` for one that the reader does not see."""
    if not code:
        return None
    found = next((text for text in texts if text.id == code), None)
    if found is None:
        raise NotFound
    return found
