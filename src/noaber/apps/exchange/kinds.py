"""Requests as search knows them: seen by those who take part, of one status at a time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.exchange.models import Request, RequestLine
from noaber.apps.exchange.queries import list_requests
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, add_kind
from noaber.core.messages.model import FreeText


def _searched(request: Request) -> IndexDocument:
    return IndexDocument(
        title=(FreeText(request.case_id, ""), FreeText(request.message_id, "")),
        codes=tuple(sorted({f"capability:{line.capability}" for line in request.lines.all()})),
        organisations=(request.consumer, request.supplier),
        owner=request.consumer,
        on=request.sent_at.date(),
        status=request.status,
    )


add_kind(
    Kind(
        code="request",
        label=_("request"),
        plural=_("requests"),
        icon="send",
        model=Request,
        title=lambda row: f"{row.consumer.code} → {row.supplier.code}, {row.case_id}",
        searched=_searched,
        related=("consumer", "supplier", "lines"),
        parts=((RequestLine, "request"),),
        visible_of=list_requests,
    )
)
