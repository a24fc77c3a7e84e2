"""What a token opens: the scope a view names for the method; people keep to their roles."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from vehreg.accounts.api import RolePermission
from vehreg.clients.authentication import Access


class ScopePermission(BasePermission):
    """Only systems. The view says which scope each method takes: `scopes = {"GET": "check"}`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Access) and view.scopes.get(request.method) in request.auth.scopes


class RoleOrScopePermission(RolePermission):
    """A system needs the scope, a person the role."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if isinstance(request.auth, Access):
            return ScopePermission().has_permission(request, view)
        return super().has_permission(request, view)
