"""What the page consists of: kept on the telephone, so that it opens without a connection."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders
from django.templatetags.static import static

FILES: Final = (
    "door/door.css", "door/page.js", "door/asking.js", "door/finding.js", "door/form.js", "door/keeping.js",
    "door/officer.js", "door/photographs.js", "door/scanning.js", "door/sending.js", "door/waiting.js",
    "door/words.js", "vehreg/favicon.svg",
)  # fmt: skip
WORKER: Final = "door/worker.js"


def addresses() -> list[str]:
    return [static(name) for name in FILES]


@cache
def version() -> str:
    """Another one as soon as any file is another."""
    digest = hashlib.sha256()
    for name in (*FILES, WORKER):
        digest.update(found(name).read_bytes())
    return digest.hexdigest()[:16]


def found(name: str) -> Path:
    """Where a static file lies."""
    path = finders.find(name)
    assert path is not None, name
    return Path(path)
