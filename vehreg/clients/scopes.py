"""What a connected system may do, by scope, and what OAuth2 is told of it."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from oauth2_provider.scopes import BaseScopes

WRITE_DECLARATIONS: Final = "declarations:write"
READ_DECLARATIONS: Final = "declarations:read"
CHECK: Final = "check"

SCOPES: Final[dict[str, Promise]] = {
    WRITE_DECLARATIONS: _("Send declarations"),
    READ_DECLARATIONS: _("Ask what became of its declarations"),
    CHECK: _("Check a plate and a personal number against the register"),
}


class ClientScopes(BaseScopes):
    """Each system has scopes of its own; a token that asks for none gets them all."""

    def get_all_scopes(self) -> dict[str, str]:
        return {scope: str(words) for scope, words in SCOPES.items()}

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return list(application.scopes) if application is not None else []

    def get_default_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return self.get_available_scopes(application)
