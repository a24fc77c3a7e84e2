"""Pictures for tests: drawn here, so that nobody's papers lie in the repository."""

import io
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base


def picture(file_format: str = "JPEG", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    """A picture of one colour; `colour` tells two apart."""
    colour = options.pop("colour", (200, 30, 30))
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, file_format, **options)
    return file.getvalue()


def located(turned: bool = False) -> bytes:
    """A photograph as a telephone writes it: where it was taken, and whether it was held upright."""
    exif = Image.Exif()
    exif[Base.Make] = "Máy Ảnh Thử"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (21.0, 1.0, 42.0)
    if turned:
        exif[Base.Orientation] = 6
    return picture(exif=exif, comment="gặp tại nhà")
