"""How long a connection to PostgreSQL outlives the host at its other end.

A host that is cut off says no goodbye. Until its sessions are closed they hold their locks, and nobody can
take over its work; the system's own patience is two hours.
"""

_PROBES = 3


def keepalive(seconds: int) -> dict[str, str | int]:
    """Options of a connection by which both ends notice within about `seconds` that the other has gone."""
    idle, between = max(1, seconds // 2), max(1, seconds // 2 // _PROBES)
    server = {
        "tcp_keepalives_idle": idle,
        "tcp_keepalives_interval": between,
        "tcp_keepalives_count": _PROBES,
        # A result that nobody takes: keepalives rest while it is on its way.
        "tcp_user_timeout": seconds * 1000,
    }
    return {
        "options": " ".join(f"-c {name}={value}" for name, value in server.items()),
        "keepalives_idle": idle,
        "keepalives_interval": between,
        "keepalives_count": _PROBES,
    }
