"""What was ordered: a list's filter, the columns, the format. Kept with the job that fulfils it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.admin import site
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.db import models
from django.http import QueryDict
from django.test import RequestFactory

from vehreg.accounts.models import User
from vehreg.adminsite.changelist import ROWS_ONLY
from vehreg.adminsite.search import masked_term

KIND = "adminsite.export"
EXPORT_PERMISSION = "registry.export_registers"
_SALT = "vehreg.adminsite.exports"


@dataclass(frozen=True)
class Order:
    """One export. `query` is the list's own address, so that the file holds what the list showed."""

    model: str
    query: str
    columns: list[str]
    file_format: str
    whole: bool

    def pack(self) -> dict[str, Any]:
        """As parameters of a job. Packed: a filter may hold a name, and jobs are seen by administrators."""
        return {"order": signing.dumps(asdict(self), salt=_SALT, compress=True)}

    @classmethod
    def unpack(cls, params: dict[str, Any]) -> "Order":
        return cls(**signing.loads(params["order"], salt=_SALT))

    @property
    def model_admin(self) -> Any:
        app_label, model_name = self.model.split(".")
        return next(
            admin
            for model, admin in site._registry.items()
            if (model._meta.app_label, model._meta.model_name) == (app_label, model_name)
        )

    def rows(self, user: User) -> models.QuerySet[Any]:
        """The rows this user sees under the list's filter, in the list's order."""
        request = RequestFactory().get(f"/?{self.query}")
        request.user, request.session = user, SessionBase()
        setattr(request, ROWS_ONLY, True)
        rows: models.QuerySet[Any] = self.model_admin.export_rows(request)
        return rows

    def filter_words(self) -> dict[str, Any]:
        """The filter for the trail, with numbers in the search text hidden."""
        given = QueryDict(self.query).dict()
        return {name: masked_term(str(value)) for name, value in given.items()}
