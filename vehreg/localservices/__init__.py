"""A private PostgreSQL and broker for a first run and for the tests.

Never for production: there DATABASE_URL and REDIS_URL name servers that somebody looks after.
Knows no Django; settings call it.
"""

from .errors import ServiceError
from .secret import ensure_secret
from .services import ensure_services, ensure_urls, stop_services

__all__ = ["ServiceError", "ensure_secret", "ensure_services", "ensure_urls", "stop_services"]
