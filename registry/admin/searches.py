"""What the registers' search boxes understand, each with the index that answers it."""

import re

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.identity.numbers import id_key
from registry.identity.plates import compact_plate
from registry.identity.text import fold
from vehreg.adminsite.search import NameField, SearchField, by_key

# A plate has a letter among its digits: 29-H1 123.45, 29A-123.45, 30Đ 1234, TM-12-34.
_PLATE = re.compile(r"^(?:[0-9]{2}[A-ZĐ]{1,2}[0-9]?|[A-ZĐ]{2})[0-9]{3,6}$")
_NUMBER = re.compile(r"^[0-9][0-9 .\-]*$")


def plate_of(text: str) -> str:
    """The compact plate, or "" where the text is none."""
    compact = compact_plate(text)
    return compact if _PLATE.match(compact) else ""


def digits_of(text: str) -> str:
    """The understood number of a person or licence, or "" where the text is not of digits only."""
    return id_key(text) if _NUMBER.match(text) else ""


def _licence_or_holder(text: str) -> Q | None:
    """Twelve digits may be a licence's number or its holder's."""
    digits = digits_of(text)
    return Q(number_key=compact_plate(text)) | Q(id_key=digits) if digits else None


def _paper_licence(text: str) -> Q | None:
    """A paper licence's number mixes letters and digits."""
    compact = compact_plate(text)
    return Q(number_key=compact) if any(sign.isdigit() for sign in compact) else None


def _person_number(text: str) -> Q | None:
    digits = digits_of(text)
    if not digits:
        return None
    return Q(personal_id=digits) if len(digits) == 12 else Q(former_ids__contains=[digits])


_PLATE_LABEL, _ID_LABEL, _NAME_LABEL = _("plate"), _("personal number"), _("name")
_LICENCE_LABEL, _CODE_LABEL = _("licence number"), _("file code")

VEHICLE_SEARCH = (
    SearchField(_PLATE_LABEL, by_key("plate_key", plate_of)),
    SearchField(_ID_LABEL, by_key("owner__id_key", digits_of)),
    NameField(_NAME_LABEL, "owner__name_key", fold),
)
OWNER_SEARCH = (
    SearchField(_ID_LABEL, by_key("id_key", digits_of)),
    NameField(_NAME_LABEL, "name_key", fold),
)
LICENCE_SEARCH = (
    SearchField(_LICENCE_LABEL, _licence_or_holder),
    SearchField(_ID_LABEL, _paper_licence),
    NameField(_NAME_LABEL, "name_key", fold),
)
PERSON_SEARCH = (
    SearchField(_ID_LABEL, _person_number),
    NameField(_NAME_LABEL, "name_key", fold),
)
VIOLATION_SEARCH = (
    SearchField(_PLATE_LABEL, by_key("plate_key", plate_of)),
    SearchField(_LICENCE_LABEL, by_key("licence_key", compact_plate)),
)
PAPER_FILE_SEARCH = (
    SearchField(_PLATE_LABEL, by_key("vehicle__plate_key", plate_of)),
    SearchField(_CODE_LABEL, by_key("code", str.strip)),
)
