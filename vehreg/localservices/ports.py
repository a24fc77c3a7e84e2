"""Free TCP ports on 127.0.0.1."""

from __future__ import annotations

import random
import socket

# Below the range the system gives to outgoing connections, which would take a port while its
# server is down.
_FIRST, _LAST = 20000, 32000
_choice = random.SystemRandom()


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(preferred: int = 0) -> int:
    """The preferred port if it is free, so that addresses last; else any other."""
    if preferred and is_free(preferred):
        return preferred
    while not is_free(port := _choice.randint(_FIRST, _LAST)):
        pass
    return port
