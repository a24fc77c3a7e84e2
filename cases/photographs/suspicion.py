"""Files that are something else as well: what shows as a picture here and runs as a page or program there.

Pictures are drawn anew before they are kept, so nothing of this would survive. It is refused all the same:
no camera writes it, and whoever sends it should hear so.
"""

import io
import re
import zipfile
from typing import Final

# Long enough that the noise of eight million bytes of a picture does not spell them.
_SIGNS: Final = re.compile(
    rb"<script|<!doctype|<iframe|<html[\s>]|<svg\s+xmlns|<\?php\s|javascript:|%PDF-1",
    re.IGNORECASE,
)


def is_something_else(content: bytes) -> bool:
    """Whether the bytes of a picture hold a page, a script, a document or an archive."""
    return _SIGNS.search(content) is not None or zipfile.is_zipfile(io.BytesIO(content))
