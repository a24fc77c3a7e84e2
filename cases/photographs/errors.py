"""Why a photograph is not taken: a code for programs, a sentence for people."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vehreg.jobs.kinds import Refused

WORDS: Final[dict[str, Promise]] = {
    "no_file": _("Send the photograph as multipart/form-data, in the field “file”."),
    "too_large": _("The file is larger than 8 MB. Take the photograph smaller."),
    "too_many_points": _("The picture has more than 50 million points. Take it smaller."),
    "no_photograph": _("The file is no photograph: only JPEG, PNG and WebP pictures are taken."),
    "not_only_a_picture": _(
        "The file is more than a picture: it holds a page, a program or another document."
    ),
    "damaged": _("The picture is damaged: it cannot be read to its end. Take it again."),
    "too_many": _("The declaration has twelve photographs already."),
}


class PhotographRefused(Refused):
    """Raised with the code of a sentence above; as text it is the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(WORDS[self.code])
