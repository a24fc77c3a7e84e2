"""What officers write beside a case, with a paper or a picture."""

from __future__ import annotations

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import CaseNote, VerificationCase
from cases.services.moves import MoveRefused, remark
from vehreg.accounts.models import User

MAX_BYTES = 10 * 1024 * 1024
# By their first bytes, not by their name: what an officer photographs or scans.
_KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


def note_add(
    *, case: VerificationCase, user: User, text: str, attachment: UploadedFile[bytes] | None = None
) -> CaseNote:
    """Add a note. Raises `MoveRefused` for an empty one, or a file that is too large or of another kind."""
    if not text.strip() and attachment is None:
        raise MoveRefused(_("Write something, or attach a file."))
    note = CaseNote(case=case, author=user, author_name=str(user), text=text.strip())
    if attachment is not None:
        _attach(note, attachment)
    with transaction.atomic():
        note.save()
        remark(case=case, name="noted", user=user, reason=note.text[:200], detail={"note": note.pk})
    return note


def _attach(note: CaseNote, attachment: UploadedFile[bytes]) -> None:
    if (attachment.size or 0) > MAX_BYTES:
        raise MoveRefused(_("The file is larger than 10 MB. Make it smaller and attach it again."))
    head = attachment.read(8)
    kind = next((name for start, name in _KINDS.items() if head.startswith(start)), None)
    if kind is None:
        raise MoveRefused(_("Only PDF, JPEG and PNG files can be attached."))
    attachment.seek(0)
    digest = hashlib.sha256()
    for block in attachment.chunks():
        digest.update(block)
    attachment.seek(0)
    note.attachment_name = (attachment.name or "")[-255:]
    note.attachment_sha256 = digest.hexdigest()
    note.attachment.save(f"case-{note.case_id}.{kind}", attachment, save=False)
