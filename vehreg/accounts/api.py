"""The API asks the same table of roles as the admin, and half hides the same numbers."""

from typing import Any

from rest_framework import serializers
from rest_framework.permissions import DjangoModelPermissions
from rest_framework.request import Request

from vehreg.accounts.privacy import stated_purpose


class RolePermission(DjangoModelPermissions):
    """Reading needs the view permission of the model, too; a temporary password opens nothing."""

    perms_map = {
        **DjangoModelPermissions.perms_map,
        "GET": ["%(app_label)s.view_%(model_name)s"],
        "OPTIONS": ["%(app_label)s.view_%(model_name)s"],
        "HEAD": ["%(app_label)s.view_%(model_name)s"],
    }

    def has_permission(self, request: Request, view: Any) -> bool:
        if getattr(request.user, "must_change_password", False):
            return False
        return bool(super().has_permission(request, view))


class MaskedField(serializers.CharField):
    """A number of a person: whole only where a purpose has been stated in this session. Read-only."""

    def __init__(self, *, mask: Any, **kwargs: Any) -> None:
        self.mask = mask
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [self.to_representation(part) for part in value]
        request = self.context.get("request")
        whole = request is not None and stated_purpose(request) is not None
        return str(value) if whole or not value else self.mask(str(value))
