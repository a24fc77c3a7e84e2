"""How a receiver knows that a message is ours, whole, and not sent again by somebody else later."""

import hashlib
import hmac
from typing import Final

HEADER: Final = "Vehreg-Signature"


def signature(secret: str, *, at: int, body: bytes) -> str:
    """The header's value, `t=SECONDS,v1=HEX`: HMAC-SHA-256 of "SECONDS.BODY"; seconds since 1970."""
    digest = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
