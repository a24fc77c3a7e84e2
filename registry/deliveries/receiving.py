"""Takes a file in: stores it with its checksum, finds out how it is read, refuses what is no such file."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.deliveries.disk import refuse_full_storage
from registry.deliveries.errors import Refused
from registry.deliveries.kinds import Kind, kind_of
from registry.deliveries.states import move
from registry.deliveries.tables import missing_words, read_header
from registry.models import Delivery
from registry.models.delivery import GONE_STATES, DeliveryState
from vehreg.accounts.models import User

_READABLE = (DeliveryState.RECEIVED, DeliveryState.REFUSED)


def receive_delivery(
    *,
    kind: str,
    file: IO[bytes],
    filename: str,
    user: User | None,
    full: bool = False,
    encoding: str = "",
    separator: str = "",
) -> Delivery:
    """Store a file and read its head. Raises `Refused` where nothing is worth keeping of it.

    A file whose columns are missing is kept as refused: another encoding may show them.
    """
    of_kind = kind_of(kind)
    refuse_full_storage(file.seek(0, os.SEEK_END))
    _refuse_same(kind, hashed := _checksum(file))
    delivery = Delivery(
        kind=kind, filename=filename, sha256=hashed, full=full, delivered_by=user,
        delivered_by_name=user.get_full_name() if user else "",
    )  # fmt: skip
    file.seek(0)
    delivery.file.save(f"{hashed[:16]}-{of_kind.name}", File(file), save=False)
    delivery.size = delivery.file.size
    try:
        _read_into(delivery, of_kind, encoding, separator)
        with transaction.atomic():
            delivery.save()
    except IntegrityError:
        delivery.file.delete(save=False)
        _refuse_same(kind, hashed)
        raise
    except BaseException:
        delivery.file.delete(save=False)
        raise
    return delivery


def read_again(delivery: Delivery, *, encoding: str, separator: str) -> None:
    """Read a file that was not loaded yet in another encoding, or with another separator."""
    kind = kind_of(delivery.kind)
    _read_into(delivery, kind, encoding, separator)
    move(
        delivery, to=delivery.state, allowed=_READABLE, reading=delivery.reading, message=delivery.message
    )  # fmt: skip


def _read_into(delivery: Delivery, kind: Kind, encoding: str, separator: str) -> None:
    reading = read_header(Path(delivery.file.path), kind, encoding=encoding, separator=separator)
    delivery.reading = reading.as_json()
    refused = bool(reading.missing)
    delivery.state = DeliveryState.REFUSED if refused else DeliveryState.RECEIVED
    delivery.message = missing_words(reading, kind) if refused else ""


def _refuse_same(kind: str, sha256: str) -> None:
    same = Delivery.objects.filter(kind=kind, sha256=sha256).exclude(state__in=GONE_STATES).first()
    if same is None:
        return
    words = _("This file was delivered before: delivery %(number)s of %(date)s, “%(file)s”, %(state)s.")
    raise Refused(
        words
        % {
            "number": same.pk,
            "date": date_format(timezone.localtime(same.delivered_at), "SHORT_DATETIME_FORMAT"),
            "file": same.filename,
            "state": same.get_state_display(),
        }
    )


def _checksum(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for block in _blocks(file):
        digest.update(block)
    return digest.hexdigest()


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(1 << 20):
        yield block
