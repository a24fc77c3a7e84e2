"""An officer's word on one declaration: confirmed as right, or questioned with a reason.

Whoever comes second is refused: the declaration is held while what stands there is compared with what was
seen, and it waits for nobody any more once somebody has spoken.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.confirmations.questions import open_question
from cases.confirmations.standing import seen_now
from cases.models import Confirmation, Declaration
from cases.models.declaration import DeclarationState
from vehreg.accounts.models import User

CONFIRM = "cases.confirm_declaration"


class ConfirmationRefused(Exception):
    """A word that does not count; the message says why, in the user's words."""


def declaration_confirm(*, declaration: Declaration, seen: str, user: User) -> Confirmation:
    """Confirm one declaration as it was seen. Raises `ConfirmationRefused`."""
    with transaction.atomic():
        held = _hold(declaration, seen, user)
        word = _word(held, seen, user, outcome=Confirmation.Outcome.CONFIRMED)
        Declaration.objects.filter(pk=held.pk).update(confirmed_at=word.at)
        return word


def declaration_question(*, declaration: Declaration, seen: str, user: User, reason: str) -> Confirmation:
    """Question one declaration as it was seen: its entry gets a case. Raises `ConfirmationRefused`."""
    if not reason.strip():
        raise ConfirmationRefused(_("Say why: a reason is needed."))
    with transaction.atomic():
        held = _hold(declaration, seen, user)
        word = _word(held, seen, user, outcome=Confirmation.Outcome.QUESTIONED, reason=reason.strip())
        Declaration.objects.filter(pk=held.pk).update(questioned_at=word.at)
        open_question(word)
        return word


def _hold(declaration: Declaration, seen: str, user: User) -> Declaration:
    """The declaration, locked, still waiting and still as it was seen."""
    if not user.has_perm(CONFIRM):
        raise ConfirmationRefused(_("Your role may not do this."))
    visible = Declaration.objects.visible_to(user).select_for_update(of=("self",), no_key=True)
    held: Declaration | None = visible.filter(pk=declaration.pk).first()
    if held is None:
        raise ConfirmationRefused(_("This declaration is not in your ward."))
    if held.waits is None:
        raise ConfirmationRefused(_why_not(held))
    if seen_now(held.pk) != seen:
        raise ConfirmationRefused(_("Something has changed since you opened this declaration. Look again."))
    return held


def _why_not(declaration: Declaration) -> str:
    """Why a declaration waits for nobody."""
    last = declaration.confirmations.order_by("-pk").first()
    if last is not None and (declaration.confirmed_at or declaration.questioned_at):
        told = {"name": last.officer_name, "outcome": last.get_outcome_display()}
        return _("%(name)s has been quicker: %(outcome)s.") % told
    if declaration.state == DeclarationState.REPLACED:
        return _("The person has declared anew meanwhile: this declaration is replaced.")
    return _("This declaration no longer waits to be confirmed.")


def _word(held: Declaration, seen: str, user: User, **said: str) -> Confirmation:
    return Confirmation.objects.create(
        declaration=held,
        unit_id=held.unit_id,
        seen=seen,
        officer=user,
        officer_name=str(user),
        at=timezone.now(),
        **said,
    )
