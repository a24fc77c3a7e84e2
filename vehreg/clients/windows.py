"""Counts what happens in fixed windows of time, in the broker: one round trip for each count."""

import time
from functools import cache

import redis
import structlog
from django.conf import settings

logger = structlog.get_logger("vehreg.clients")

SECONDS = 60


def seconds_to_wait(key: str, most: int) -> int:
    """Counts once more; seconds until the next window where there were more than `most`, else 0.

    A broker that is away lets everybody pass: taking declarations in matters more than counting them.
    """
    now = time.time()
    window = f"vehreg.window:{key}:{int(now // SECONDS)}"
    try:
        with _broker(settings.REDIS_URL).pipeline(transaction=False) as commands:
            commands.incr(window)
            commands.expire(window, 2 * SECONDS)
            count, _expires = commands.execute()
    except redis.RedisError:
        logger.warning("broker_away", task="throttle")
        return 0
    return SECONDS - int(now % SECONDS) if count > most else 0


@cache
def _broker(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
