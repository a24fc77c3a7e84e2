"""Who may work at the door, and how the page hears that it may not."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vehreg.accounts.models import User

PERMISSION: Final = "cases.add_declaration"
# Which officer's declarations the page sends: another one may have signed in on the same telephone.
OFFICER_HEADER: Final = "X-Door-Officer"

View = Callable[..., HttpResponse]


def for_officers(view: View) -> View:
    """A page: whoever is not signed in does so first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if request.user.must_change_password:
            return HttpResponseRedirect(reverse("admin:password_change"))
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def for_the_page(view: View) -> View:
    """What the page asks for from its scripts: refusals are said in words that it can show."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            return said(401, error="signed_out", message=_("Sign in again."))
        if request.user.must_change_password or not request.user.has_perm(PERMISSION):
            return said(403, error="not_allowed", message=_("You may not take declarations."))
        if request.method == "POST" and request.headers.get(OFFICER_HEADER) != str(request.user.pk):
            return said(409, error="other_officer", message=_("Another officer has signed in."))
        return view(request, *args, **kwargs)

    return guarded


def said(status: int, **answer: Any) -> JsonResponse:
    """An answer that no memory keeps: it may speak of people."""
    return JsonResponse(answer, status=status, headers=_NOT_KEPT)


_NOT_KEPT: Final[Mapping[str, str]] = {"Cache-Control": "private, no-store"}
