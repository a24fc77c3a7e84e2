"""The site's own stylesheet and script, by their static addresses."""

from django.http import HttpRequest
from django.templatetags.static import static


def stylesheet(request: HttpRequest) -> str:
    return static("vehreg/site.css")


def script(request: HttpRequest) -> str:
    return static("vehreg/site.js")


def favicon(request: HttpRequest) -> str:
    return static("vehreg/favicon.svg")
