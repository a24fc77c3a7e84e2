"""An officer says which entry a declaration is about that no entry was found for."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.declarations.reconcile import reconcile_one
from cases.models import Declaration
from cases.models.declaration import DeclarationState
from vehreg.accounts.models import User


class LinkRefused(Exception):
    """The declaration cannot be linked so; the message says why, in the user's words."""


def declaration_link(*, declaration: Declaration, entry_id: int, user: User) -> Declaration:
    """Link a declaration with one of its candidates and reconcile it at once. Raises `LinkRefused`."""
    with transaction.atomic():
        held = Declaration.objects.select_for_update().get(pk=declaration.pk)
        offered = {candidate["entry"] for candidate in held.finding.get("candidates", [])}
        if held.state != DeclarationState.UNKNOWN or entry_id not in offered:
            raise LinkRefused(_("This declaration has been reconciled meanwhile. Look at it again."))
        linked = {"entry": entry_id, "by": user.pk, "by_name": str(user), "at": timezone.now().isoformat()}
        Declaration.objects.filter(pk=held.pk).update(
            finding={"linked": linked}, state=DeclarationState.RECEIVED
        )
        done = reconcile_one(held)
        if done.state == DeclarationState.UNKNOWN:
            raise LinkRefused(_("The entry is no longer in the register."))
        return done
