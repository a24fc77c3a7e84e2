"""What the sender of a declaration is told of a field, by code, in both languages."""

from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.deliveries.notices import sentence

# Where a sender needs other words than the reader of a file.
WORDS: Final[dict[str, Promise]] = {
    "missing": _("This field is mandatory."),
    "not_text": _("Send this field as text, in quotes."),
    "characters": _("The text holds characters that no text can have. Leave them out."),
    "field_too_long": _("The text is longer than any value can be."),
    "field_unknown": _("No field has this name; it was left out."),
    "not_an_object": _("A declaration is an object with named fields."),
    "channel_other": _("You may declare for your own channel only. Leave this field out."),
    "choice_unknown": _("Not one of the values this field knows. Use one of those in the description."),
    "digits_lost": _("The last digits of the number are lost. Send it as text, with all its digits."),
    "id_unreadable": _("No ID number can be read here."),
    "plate_unreadable": _("No plate can be read here."),
    "ward_unknown": _("No ward or commune of the city has this code."),
    "date_in_future": _("This day is still to come. Check the date, and your clock."),
    "under_age": _("By this ID number the declarant is too young for it. Check the number."),
    "same_id_other_content": _(
        "Under this declaration id something else was received before. It stays; this was kept beside it. "
        "Send a new declaration under a new id."
    ),
    "try_again": _("Somebody is changing this declaration at this moment. Send it again."),
}


def words_of(code: str) -> str:
    """In the language that is active."""
    return str(WORDS[code]) if code in WORDS else sentence(code)


def in_every_language(code: str) -> dict[str, str]:
    """Language → words."""
    return {language: _in(language, code) for language, _name in settings.LANGUAGES}


def _in(language: str, code: str) -> str:
    with translation.override(language):
        return words_of(code)
