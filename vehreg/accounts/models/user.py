"""A user: an officer with one role, in one unit."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vehreg.accounts.roles import WARD_ROLES, Role


class User(AbstractUser):
    """An officer. What they may do follows from `role`, what they may see from `unit`."""

    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("unit"), related_name="users"
    )
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    must_change_password = models.BooleanField(
        _("password is temporary"),
        default=False,
        db_default=False,
        help_text=_("The user chooses a password of their own before anything else."),
    )
    REQUIRED_FIELDS: ClassVar[list[str]] = ["role"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                name="accounts_user_ward_role_has_unit",
                condition=~Q(role__in=sorted(WARD_ROLES)) | Q(unit__isnull=False),
                violation_error_message=_("A ward role needs a unit."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.must_change_password = False

    def set_temporary_password(self, raw_password: str) -> None:
        """A password somebody else knows: good for one sign-in."""
        self.set_password(raw_password)
        self.must_change_password = True

    def save(self, *args: object, **kwargs: object) -> None:
        # Everybody who has an account works in the admin; what they find there is their role's.
        self.is_staff, self.is_superuser = True, False
        super().save(*args, **kwargs)  # type: ignore[arg-type]
