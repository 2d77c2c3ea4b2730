"""Who asks: someone signed in to the site, or another system with a key."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from noaber.apps.accounts.acting import Acting, ActingRequest
from noaber.apps.accounts.models import Organisation
from noaber.apps.api.keys import acting_by


class SignedIn(APIKeyCookie):
    """The session of the site, for the organisation chosen there."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Acting | None:
        return cast(ActingRequest, request).acting


class ByKey(HttpBearer):
    """A key that `noaber person key` printed."""

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        acting = acting_by(token)
        cast(ActingRequest, request).acting = acting  # type: ignore[assignment]
        return acting


def reader_of(request: HttpRequest) -> Organisation:
    """The organisation for which is read, behind one of the two."""
    return cast(ActingRequest, request).acting.organisation
