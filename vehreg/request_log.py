"""One line a request, without what stands behind the question mark: that may be a plate or a number."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class PathOnlyMiddleware(RequestMiddleware):
    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"
