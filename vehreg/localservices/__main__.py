"""`python -m vehreg.localservices start|stop|status|env|remove`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from .errors import ServiceError
from .processes import stop_processes
from .services import SERVICES, ensure_services, ensure_urls, remove_services, services_status, stop_services


def start() -> int:
    """start both services unless they run"""
    ensure_services()
    return status()


def stop() -> int:
    """stop both services, and the demo if it runs"""
    stopped = stop_processes() + stop_services()
    print(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
    return 0


def status() -> int:
    """say what runs where; exit status 3 if something does not run"""
    records = services_status()
    for name, record in records.items():
        state = f"{record.version}, 127.0.0.1:{record.port}, process {record.process and record.process.pid}"
        print(f"{name:9} {state if record.is_running() else 'not running'}")
    return 0 if all(record.is_running() for record in records.values()) else 3


def env() -> int:
    """print both addresses as shell assignments, starting the services if need be"""
    for variable, url in zip(SERVICES, ensure_urls({}), strict=True):
        print(f"export {variable}={url}")
    return 0


def remove() -> int:
    """stop everything and delete the services' data"""
    stop_processes()
    remove_services()
    return 0


COMMANDS: dict[str, Callable[[], int]] = {
    command.__name__: command for command in (start, stop, status, env, remove)
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m vehreg.localservices", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    for name, command in COMMANDS.items():
        actions.add_parser(name, help=command.__doc__)
    try:
        return COMMANDS[parser.parse_args().action]()
    except ServiceError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
