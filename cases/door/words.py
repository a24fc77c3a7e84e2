"""What the page says from its scripts, by name. `{count}` and the like are filled in there."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, str | Promise]] = {
    "offline": _("No connection. Go on: what you take is kept here and sent later."),
    "offline_lookup": _("No connection: the registers cannot be asked now. You can declare all the same."),
    "signed_out": _("Your session has ended. Nothing is lost: sign in again, then it is sent."),
    "sign_in": _("Sign in again"),
    "sign_in_first": _("Sign in while there is a connection, then this page works without one, too."),
    "not_found": _("Not in the registers."),
    "elsewhere": _("The registers have more on this, in another unit: you do not see it here."),
    "not_a_number": _("Type a plate, a licence number or a personal number."),
    "looking": _("Looking…"),
    "declare_vehicle": _("Declare vehicle {text}"),
    "declare_a_vehicle": _("Declare another vehicle"),
    "declare_licence": _("Declare licence {text}"),
    "declare_a_licence": _("Declare another licence"),
    "vehicle": _("Vehicle"),
    "licence": _("Driving licence"),
    "last_declared": _("Last declared {text}"),
    "born": _("born {text}"),
    "party_declares": _("{name} declares"),
    "choose_status": _("Choose what is declared."),
    "photograph": _("Photograph {number}"),
    "remove": _("Remove"),
    "no_photograph": _("This file is no photograph: take another."),
    "not_kept": _("This telephone does not keep the declaration: its memory is full or closed. Free some."),
    "kept": _("Kept on this telephone. It is sent as soon as there is a connection."),
    "sent": _("Sent."),
    "waiting": _("Waiting to be sent: {count}"),
    "refused": _("To be corrected: {count}"),
    "state_waiting": _("waiting"),
    "state_sending": _("being sent"),
    "state_photographs": _("photographs to be sent: {count}"),
    "state_refused": _("refused"),
    "correct": _("Correct it"),
    "discard": _("Discard"),
    "discard_sure": _("Discard what has not been sent of this declaration?"),
    "point_camera": _("Point the camera at the code."),
    "no_camera": _("The camera cannot be used. Type the number."),
    "failed": _("The system could not answer. Try again."),
}
