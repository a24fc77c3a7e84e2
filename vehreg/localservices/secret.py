"""A random secret that is made once and kept in a file only its owner may read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from .place import make_like_parent, own_like_parent


def ensure_secret(path: Path) -> str:
    """The secret in the file; made first if there is none. Two callers at once get the same."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        make_like_parent(path.parent)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    own_like_parent(draft)
    try:
        os.link(draft, path)  # unlike a rename, does not replace what somebody else just wrote
    except FileExistsError:
        return path.read_text().strip()
    finally:
        draft.unlink()
    return path.read_text().strip()
