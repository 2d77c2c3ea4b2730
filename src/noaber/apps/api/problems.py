"""What went wrong, as RFC 9457 problem details in the language asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, cast

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from pydantic import Field

from noaber.core.problems import NotFound
from noaber.core.problems import Problem as CoreProblem
from noaber.web import wording

MEDIA_TYPE = "application/problem+json"
LOGGER = logging.getLogger(__name__)


class WrongPart(Schema):
    """A part of the question that cannot be used."""

    name: str = Field(description="The parameter.")
    detail: str


class Problem(Schema):
    """RFC 9457. `title` is HTTP's own phrase; `detail` is a sentence in the language of Accept-Language."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[WrongPart] = []


def problem_response(status: HTTPStatus, detail: str = "", errors: Iterable[WrongPart] = ()) -> HttpResponse:
    problem = Problem(title=status.phrase, status=status, detail=detail, errors=list(errors))
    told = {"type": problem.type, **problem.model_dump(exclude_defaults=True)}
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE)


def not_found(request: HttpRequest, error: object = None) -> HttpResponse:
    """Whether it is not there or not shared is not told."""
    detail = _("It may have moved, or it is not shared with the organisation for which you act.")
    return problem_response(HTTPStatus.NOT_FOUND, detail)


def _not_signed_in(request: HttpRequest, error: object) -> HttpResponse:
    response = problem_response(HTTPStatus.UNAUTHORIZED)
    response["WWW-Authenticate"] = 'Bearer realm="Noaber"'
    return response


def _unusable(request: HttpRequest, error: object) -> HttpResponse:
    errors = [_wrong_part(request, wrong) for wrong in cast(ValidationError, error).errors]
    return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, errors[0].detail, errors)


def _wrong_part(request: HttpRequest, wrong: Mapping[str, Any]) -> WrongPart:
    """“Expected ≤ 500, found 9999.” in the reader's language: what is expected is written in signs."""
    name = str(wrong["loc"][-1])
    params = {"expected": _expected(wrong["type"], wrong.get("ctx", {})), "found": request.GET.get(name, "")}
    return WrongPart(name=name, detail=wording.problem(CoreProblem("input.type", params=params)))


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    match kind:
        case "greater_than_equal":
            return f"≥ {context['ge']}"
        case "less_than_equal":
            return f"≤ {context['le']}"
        case "enum" | "literal_error":
            return str(context["expected"]).replace("'", "").replace(" or ", ", ")
        case "string_pattern_mismatch":
            return "≠ U+0000"
        case _:
            return kind.removesuffix("_parsing").removesuffix("_type")


def _suspicious(request: HttpRequest, error: object) -> HttpResponse:
    """More parameters than anyone means, or the like."""
    return problem_response(HTTPStatus.BAD_REQUEST)


def _failed(request: HttpRequest, error: object) -> HttpResponse:
    """A defect: told to the operator in full, to the reader not at all."""
    LOGGER.error("%s failed", request.path, exc_info=cast(Exception, error))
    return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR)


def answer_problems(api: NinjaAPI) -> None:
    """Let every refusal of `api` be answered as a problem."""
    api.add_exception_handler(NotFound, not_found)
    api.add_exception_handler(Http404, not_found)
    api.add_exception_handler(AuthenticationError, _not_signed_in)
    api.add_exception_handler(ValidationError, _unusable)
    api.add_exception_handler(SuspiciousOperation, _suspicious)
    api.add_exception_handler(Exception, _failed)
