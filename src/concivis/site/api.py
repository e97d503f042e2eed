"""The JSON API: assembled here from the rooms, with errors as problem details (RFC 9457)."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

import concivis
from concivis.codesign.api import router as codesign
from concivis.desk.api import router as desk
from concivis.desk.meetings.api import router as meetings
from concivis.directory.api import router as directory
from concivis.hubs.api import router as hubs
from concivis.hubs.api_auth import TokenRefused
from concivis.initiatives.api import router as initiatives
from concivis.introductions.api import router as introductions
from concivis.newsletter.api import router as newsletters
from concivis.places.api import router as places
from concivis.portal.api import router as cards
from concivis.proposals.api import router as proposals
from concivis.shell.api import Problem
from concivis.twinning.api import router as twinning

logger = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
A_PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}


class StorableParser(Parser):
    """Refuses the character NUL (400), which PostgreSQL does not store; a bare one is no JSON anyway."""

    def parse_body(self, request: HttpRequest) -> Any:
        if rb"\u0000" in request.body:
            raise ValueError("NUL")
        return super().parse_body(request)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        if any(isinstance(value, str) and "\0" in value for name in data for value in data.getlist(name)):
            raise HttpError(HTTPStatus.BAD_REQUEST, "Cannot parse request body")
        return super().parse_querydict(data, list_fields, request)


class ProblemAPI(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Says of every error answer that it is a problem, which the framework cannot know. Shapes of a refusal's own
        are kept.
        """
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST:
                        said = answer.get("content", {}).get("application/json", A_PROBLEM)
                        answer["content"] = {PROBLEM: said}
        return schema

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """Also what a view itself answers as an error is a problem."""
        response = super().create_response(request, data, **options)
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response["Content-Type"] = PROBLEM
        return response


api = ProblemAPI(
    title="Concivis",
    version=concivis.__version__,
    description=(
        "Places, partnerships and the figures of their network, as the public pages show them. Lists are paged: "
        "`next` and `previous` hold the addresses of the neighbouring pages. Answers carry an ETag that changes "
        "when the data do. Errors are problem details (RFC 9457). What belongs to a hub's office asks for a token "
        "(`Authorization: Bearer …`), which the hub's coordinator issues in the office under Integrations."
    ),
    docs_url=None,
    parser=StorableParser(),
    urls_namespace="api",
)
api.add_router("", twinning)
api.add_router("", places)
api.add_router("", hubs)
api.add_router("", initiatives)
api.add_router("", codesign)
api.add_router("", directory)
api.add_router("", introductions)
api.add_router("", newsletters)
api.add_router("", desk)
api.add_router("", meetings)
api.add_router("", proposals)
api.add_router("", cards)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, HTTPStatus.NOT_FOUND, "There is nothing under this address.")


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, HTTPStatus(error.status_code), str(error))


@api.exception_handler(TokenRefused)
def token_refused(request: HttpRequest, error: TokenRefused) -> HttpResponse:
    response = problem(request, error.status, error.detail)
    for name, value in error.headers.items():
        response[name] = value
    return response


@api.exception_handler(ValidationError)
def invalid_request(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"parameter": ".".join(map(str, part["loc"][1:])), "detail": str(part["msg"])}
        for part in error.errors
    ]
    return problem(
        request, HTTPStatus.UNPROCESSABLE_ENTITY, "Some parameters could not be understood.", errors=errors
    )


@api.exception_handler(DjangoValidationError)
def invalid_value(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    fields = error.message_dict if hasattr(error, "error_dict") else {}
    errors = [
        {"parameter": name, "detail": " ".join(said)}
        for name, said in fields.items()
        if name != NON_FIELD_ERRORS
    ]
    more = {"errors": errors} if errors else {}
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, " ".join(error.messages), **more)


@api.exception_handler(DataError)
def unkept_value(request: HttpRequest, error: DataError) -> HttpResponse:
    """PostgreSQL refuses what a column cannot hold; the description of an address that lets it come is at fault."""
    logger.error("%s %s: the database refused a value", request.method, request.path)
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "A value is too long or too large to be kept.")


def problem(request: HttpRequest, status: HTTPStatus, detail: str, **more: Any) -> HttpResponse:
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, **more}
    return api.create_response(request, body, status=status.value)
