"""Starts and stops the private services, one caller at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from .broker import BrokerService
from .errors import ServiceError
from .place import Place, make_like_parent, own_like_parent
from .postgres import PostgresService
from .record import ServiceRecord, ServicesRecord

_Service = type[PostgresService] | type[BrokerService]
# The variable that takes the place of each private service.
SERVICES: dict[str, _Service] = {"DATABASE_URL": PostgresService, "REDIS_URL": BrokerService}


def ensure_urls(environ: Mapping[str, str], place: Place | None = None) -> tuple[str, str]:
    """Database and broker addresses: those of the environment, else the private services'.

    A private service that is not running is started. Costs a file read when it runs.
    """
    place = place or Place.of_project()
    urls = [environ.get(variable) or _private_url(service, place) for variable, service in SERVICES.items()]
    return urls[0], urls[1]


def ensure_services(place: Place | None = None) -> None:
    """Both private services run when this returns."""
    ensure_urls({}, place)


def stop_services(place: Place | None = None) -> list[str]:
    """Stop what runs; returns the names of what did."""
    place = place or Place.of_project()
    if not place.var.is_dir():
        return []
    with _alone(place):
        return [service.name for service in SERVICES.values() if _stop(service, place)]


def services_status(place: Place | None = None) -> dict[str, ServiceRecord]:
    """What is written down of each service, by its name."""
    place = place or Place.of_project()
    record = ServicesRecord.load(place.record)
    return {service.name: record.get(service.name) for service in SERVICES.values()}


def remove_services(place: Place | None = None) -> None:
    """Stop both and delete all their data."""
    place = place or Place.of_project()
    stop_services(place)
    place.remove()


def _private_url(service: _Service, place: Place) -> str:
    known = ServicesRecord.load(place.record).get(service.name)
    return service.url(known if known.is_running() else _start(service, place))


def _start(service: _Service, place: Place) -> ServiceRecord:
    make_like_parent(place.var)
    with _alone(place):
        record = ServicesRecord.load(place.record)
        known = record.get(service.name)
        if known.is_running():  # another process was quicker
            return known
        started = service(place, place.prepare()).start(known)
        record.with_service(service.name, started)
        return started


def _stop(service: _Service, place: Place) -> bool:
    record = ServicesRecord.load(place.record)
    known = record.get(service.name)
    here = service(place, place.home())
    if known.process is None or not known.process.is_alive():
        here.stop_leftover()
        return False
    here.stop(known.process)
    record.with_service(service.name, known.stopped())
    return True


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Wait until no other process starts or stops services of this clone."""
    try:
        lock = place.lock.open("a")
    except PermissionError as error:
        raise ServiceError(f"{place.lock} belongs to another user; work as that user.") from error
    with lock:
        own_like_parent(place.lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
