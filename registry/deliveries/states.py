"""Moves of a delivery between its states: guarded, so that two clicks or two workers make one move."""

from typing import Any

from django.utils.translation import gettext as _

from registry.deliveries.errors import Refused
from registry.models import Delivery


def move(delivery: Delivery, *, to: str, allowed: tuple[str, ...], **values: Any) -> None:
    """Set the state where it is one of `allowed`. Raises `Refused` when somebody else was first."""
    moved = Delivery.objects.filter(pk=delivery.pk, state__in=allowed).update(state=to, **values)
    delivery.refresh_from_db()
    if moved != 1:
        raise Refused(
            _("Delivery %(number)s is now “%(state)s”: this step is not possible.")
            % {"number": delivery.pk, "state": delivery.get_state_display()}
        )
