"""Tells a photograph by its content, bounds what reading it may cost, and draws it anew."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from cases.models.photograph import PhotographKind
from cases.photographs.errors import PhotographRefused
from cases.photographs.suspicion import is_something_else

MOST_BYTES: Final = 8 * 1024 * 1024
# A file of some kilobytes may unpack to gigabytes: its measures are read, and refused, before its points.
MOST_POINTS: Final = 50_000_000
# Longer sides are made smaller: a page is read at 270 dots an inch.
LONGEST_SIDE: Final = 3200

# How Pillow calls a format → what we call it. MPO: a JPEG with a second picture inside.
_KINDS: Final = {
    "JPEG": PhotographKind.JPEG,
    "MPO": PhotographKind.JPEG,
    "PNG": PhotographKind.PNG,
    "WEBP": PhotographKind.WEBP,
}
# The kinds that lose something in writing: how little.
_QUALITY: Final = 85


@dataclass(frozen=True)
class Picture:
    """A photograph as it is kept."""

    kind: str
    content: bytes
    width: int
    height: int


def redraw(content: bytes) -> Picture:
    """The same picture with nothing but its points. Raises `PhotographRefused` for what is no photograph.

    Drawing anew leaves behind where and when it was taken, and whatever else was hidden beside the points; it
    also turns the picture upright, which the camera only noted.
    """
    if len(content) > MOST_BYTES:
        raise PhotographRefused("too_large")
    image, kind = _opened(content)
    if image.width * image.height > MOST_POINTS:
        raise PhotographRefused("too_many_points")
    if is_something_else(content):
        raise PhotographRefused("not_only_a_picture")
    drawn = _upright(image)
    file = io.BytesIO()
    drawn.save(file, kind, quality=_QUALITY)
    return Picture(kind, file.getvalue(), drawn.width, drawn.height)


def _opened(content: bytes) -> tuple[Image.Image, str]:
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
        return image, _KINDS[str(image.format)]
    except Image.DecompressionBombError as error:
        raise PhotographRefused("too_many_points") from error
    except Exception as error:
        raise PhotographRefused("no_photograph") from error


def _upright(image: Image.Image) -> Image.Image:
    try:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        drawn = ImageOps.exif_transpose(image).convert("RGB")
    except Exception as error:  # what a damaged file raises is as manifold as the damage
        raise PhotographRefused("damaged") from error
    # A comment and a colour profile would be written again from here.
    drawn.info.clear()
    return drawn
