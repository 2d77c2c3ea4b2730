"""The API as a whole, and its description."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from noaber.apps.api import assistance, mapping
from noaber.apps.api.access import ByKey, SignedIn
from noaber.apps.api.problems import MEDIA_TYPE, Problem, answer_problems, not_found

_REFUSALS: Final = {401: "Not signed in, and no key that holds", 404: "Not there, or not shared", 422: "Unusable"}
_REFERENCE: Final = "#/components/schemas/{model}"


class NoaberAPI(NinjaAPI):
    """Describes every refusal as what it is: problem details."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        described = Problem.model_json_schema(ref_template=_REFERENCE)
        schema["components"]["schemas"].update(described.pop("$defs"), Problem=described)
        content = {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, words in _REFUSALS.items():
                    operation["responses"][status] = {"description": words, "content": content}
        return schema


api = NoaberAPI(
    title="Noaber",
    version="1",
    description=(
        "Reads what an organisation may see, cut by the same rule as the pages; whatever is not shared is 404. Sign in "
        "to the site, or send a key as `Authorization: Bearer …`. What crosses a border is a message, not a write here."
    ),
    urls_namespace="api-1",
    auth=[ByKey(), SignedIn()],
    docs_url=None,
)
elsewhere = Router()


@elsewhere.get("/{path:rest}", auth=None, include_in_schema=False)
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address below this one."""
    return not_found(request)


api.add_router("", mapping.router)
api.add_router("", assistance.router)
api.add_router("", elsewhere)
answer_problems(api)
