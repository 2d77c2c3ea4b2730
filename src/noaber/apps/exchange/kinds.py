"""Requests as search knows them: seen by those who take part, of one status at a time."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from noaber.apps.exchange.models import Request, RequestLine
from noaber.apps.exchange.queries import list_requests
from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.searched import Searched
from noaber.core.messages.model import FreeText


def add_kinds() -> None:
    add_kind(
        Kind(
            code="request",
            label=_("request"),
            plural=_("requests"),
            icon="send",
            model=Request,
            visible=lambda reader: list_requests(reader, settings.NOABER_STATUS),
            title=lambda row: f"{row.consumer.code} → {row.supplier.code}, {row.case_id}",
            searched=_searched,
            related=("consumer", "supplier", "lines"),
            parts=((RequestLine, "request"),),
            visible_of=list_requests,
        )
    )


def _searched(request: Request) -> Searched:
    return Searched(
        title=(FreeText(request.case_id, ""), FreeText(request.message_id, "")),
        codes=tuple(sorted({f"capability:{line.capability}" for line in request.lines.all()})),
        organisations=(request.consumer, request.supplier),
        owner=request.consumer,
        on=request.sent_at.date(),
        status=request.status,
    )
