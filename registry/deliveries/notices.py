"""What may be noticed about a row: a code in the table, a sentence when it is shown."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Faults of the file itself, found before its cells are looked at.
READER_FAULTS: Final[dict[str, Promise]] = {
    "row_too_short": _(
        "The row has fewer cells than the header has columns. Complete it and deliver it again."
    ),
    "row_too_long": _(
        "The row has more cells than the header has columns: a text with a separator needs quotes around it."
    ),
    "field_too_long": _("A cell is longer than any value can be. Correct it and deliver the row again."),
    "quote_unclosed": _("A quote is opened and never closed. Correct the row and deliver it again."),
    "nul_bytes": _("The row held NUL bytes; they were left out. Check its values."),
}

NOTICES: Final[dict[str, Promise]] = READER_FAULTS | {
    "missing": _("The value is mandatory and missing. Complete it and deliver the row again."),
    "date_unreadable": _("Not a date of the calendar. Write it as YYYY-MM-DD or DD/MM/YYYY."),
    "timestamp_unreadable": _("Not a date with a time. Write it as YYYY-MM-DD HH:MM."),
    "number_unreadable": _("Not a number this column can hold. Correct it and deliver the row again."),
    "choice_unknown": _("Not one of the values this column knows. Use one of those in the format."),
    "status_missing": _(
        "Nothing is declared in this row: no usage status is chosen. Choose one, and deliver it again."
    ),
    "plate_unreadable": _("No plate can be read here. Correct it and deliver the row again."),
    "id_unreadable": _("No ID number can be read here. Look it up in the papers and complete it."),
    "former_id_unreadable": _("A former number has not nine digits; it was left out."),
    "digits_lost": _(
        "A spreadsheet has rounded the number and its last digits are lost. Export the column as text."
    ),
    "ward_unknown": _("No ward or commune of the city has this code. Correct it from the list of units."),
    "phone_unreadable": _("No telephone number can be read here."),
    "letters_lost": _("Letters of the name were lost on the way (“?”). Compare it with the papers."),
    "too_long": _("The text is longer than the column holds."),
    "duplicate_in_file": _("The same record stands in row %(other)s of this file; that row counts."),
    "plate_twice_in_file": _(
        "Row %(other)s of this file has the same plate, kind and colour; that row counts."
    ),
    "plate_taken": _(
        "Record %(other)s of the register holds this plate, kind and colour. End that registration first."
    ),
    "older_than_register": _(
        "The register knows this person as of %(other)s, which is later. Nothing changed."
    ),
    "not_in_register": _("No registration has this plate, kind and colour."),
    "kept_changed": _("A person or a later delivery has changed this since; it was kept as it is."),
    "kept_needed": _("Something else needs this entry, or its plate is taken; it was kept as it is."),
    "several_in_register": _("Several registrations have this plate. Give kind and colour of the plate."),
}


def sentence(code: str, other: str = "") -> str:
    """What was found and what to do, in the reader's language."""
    words = NOTICES.get(code)
    return str(words) % {"other": other} if words is not None else code
