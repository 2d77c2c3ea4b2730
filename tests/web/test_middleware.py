"""Headers and redirects, under sync and async alike."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from noaber.web.middleware import AddressMiddleware, HeadersMiddleware, HeadMiddleware, SwapRedirectMiddleware

pytestmark = pytest.mark.urls("pages.framesite.urls")


def asked_by(rf: RequestFactory, *, htmx: bool):
    request = rf.get("/x", headers={"hx-request": "true"} if htmx else {})
    request.htmx = HtmxDetails(request)
    return request


def redirect(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.set_cookie("kept", "yes")
    return response


def test_a_header_that_a_view_has_set_stays(rf: RequestFactory) -> None:
    answer = HttpResponse(headers={"Cache-Control": "no-store"})
    response = HeadersMiddleware(lambda request: answer)(asked_by(rf, htmx=False))
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("url", ["/requests/1/", "/accounts/login/?next=/x"])
def test_a_browser_follows_redirects_itself(rf: RequestFactory, url: str) -> None:
    response = SwapRedirectMiddleware(lambda request: redirect(url))(asked_by(rf, htmx=False))
    assert (response.status_code, response["Location"]) == (302, url)


@pytest.mark.parametrize(
    ("url", "header", "value"),
    [("/requests/1/", "HX-Redirect", "/requests/1/"), ("/accounts/login/?next=/x", "HX-Refresh", "true")],
)
def test_htmx_is_told_where_to_go(rf: RequestFactory, url: str, header: str, value: str) -> None:
    response = SwapRedirectMiddleware(lambda request: redirect(url))(asked_by(rf, htmx=True))
    assert (response.status_code, response[header]) == (204, value)
    assert response.cookies["kept"].value == "yes"


def test_a_head_is_the_head_of_a_get(rf: RequestFactory) -> None:
    def view(request):
        return HttpResponse(request.method, headers={"X-Kept": "yes"})

    response = HeadMiddleware(view)(rf.head("/x"))
    assert (response.status_code, response["X-Kept"], response.content) == (200, "yes", b"GET")


def test_what_streams_ends_at_its_head(rf: RequestFactory) -> None:
    streaming = StreamingHttpResponse(iter(["for ever"]), content_type="text/event-stream")
    response = HeadMiddleware(lambda request: streaming)(rf.head("/feed"))
    assert (response.status_code, response["Content-Type"], response.content) == (200, "text/event-stream", b"")


def test_nothing_lies_at_an_address_with_a_nul(rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        AddressMiddleware(lambda request: HttpResponse())(rf.get("/organisations/%00/"))
    assert AddressMiddleware(lambda request: HttpResponse())(rf.get("/organisations/x/")).status_code == 200


def test_both_work_without_a_thread(rf: RequestFactory) -> None:
    async def view(request):
        return redirect("/requests/1/")

    middleware = HeadersMiddleware(SwapRedirectMiddleware(view))
    with ThreadPoolExecutor() as thread:  # its own, since a browser of this run may have a loop in this one
        response = thread.submit(asyncio.run, middleware(asked_by(rf, htmx=True))).result()
    assert (response.status_code, response["HX-Redirect"]) == (204, "/requests/1/")
    assert "Permissions-Policy" in response
