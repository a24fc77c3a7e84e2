"""Keeps a photograph of a paper beside its declaration: once, however often it is sent."""

import hashlib
import os
from typing import IO, Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from cases.models import Declaration, Photograph
from cases.photographs.errors import PhotographRefused
from cases.photographs.pictures import MOST_BYTES, redraw
from vehreg.accounts.models import User
from vehreg.clients.models import Client

# Both sides of every paper a declaration can be about, with some to spare.
MOST_OF_A_DECLARATION: Final = 12


def keep_photograph(
    *, declaration: Declaration, file: IO[bytes], user: User | None = None, client: Client | None = None
) -> Photograph:
    """Check and keep one photograph; the one there is where it was sent before.

    Raises `PhotographRefused` for what is no photograph, too large, or one too many.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise PhotographRefused("too_large")
    sha256 = hashlib.sha256(content).hexdigest()
    if known := _known(declaration, sha256):
        return known
    if Photograph.objects.filter(declaration=declaration).count() >= MOST_OF_A_DECLARATION:
        raise PhotographRefused("too_many")
    picture = redraw(content)
    photograph = Photograph(
        declaration=declaration,
        sha256=sha256,
        kind=picture.kind,
        bytes=len(picture.content),
        width=picture.width,
        height=picture.height,
        user=user,
        sender_name=str(user or client or "")[:150],
    )
    # Folders of a thousand declarations each.
    name = f"photographs/{declaration.pk // 1000}/{declaration.pk}-{sha256[:16]}.{picture.kind}"
    photograph.file.save(name, ContentFile(picture.content), save=False)
    try:
        _settle(photograph.file.path)
        with transaction.atomic():
            photograph.save()
    except IntegrityError:
        # Sent twice at the same time: the other one was faster.
        photograph.file.delete(save=False)
        if known := _known(declaration, sha256):
            return known
        raise
    except BaseException:
        photograph.file.delete(save=False)
        raise
    return photograph


def _known(declaration: Declaration, sha256: str) -> Photograph | None:
    return Photograph.objects.filter(declaration=declaration, sha256=sha256).first()


def _settle(path: str) -> None:
    """On the disk before it is said to be kept: the sender throws its own away."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
